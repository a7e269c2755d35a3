package oosh.sandbox.template;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import org.jspecify.annotations.Nullable;

/** What OOS knows by name: the vendor's templates, packages, and the templates of the account. */
public final class TemplateStore {
  /** 2020-01-01T00:00:00Z, made up. */
  private static final long LONG_AGO = 1_577_836_800_000L;

  /** A package that the sandbox always has. */
  private record Pack(String name, String systems, String share, List<String> versions) {}

  private static final List<StoredTemplate> PUBLIC = seeded();

  private final SandboxState state;
  private final ApiActions apis;

  public TemplateStore(SandboxState state, ApiActions apis) {
    this.state = state;
    this.apis = apis;
  }

  private static List<StoredTemplate> seeded() {
    List<StoredTemplate> seeded = new ArrayList<>();
    for (EmulatedTemplate each : PublicTemplates.all()) {
      StoredTemplate template = new StoredTemplate();
      template.name = each.name();
      template.createdAt = LONG_AGO;
      template.add(PublicTemplates.content(each), "", each.description(), LONG_AGO);
      seeded.add(template);
    }
    for (Pack each : WireJson.resource("seed/packages.json", Pack[].class)) {
      seeded.add(pack(each));
    }
    return List.copyOf(seeded);
  }

  /** Assumed: the content of a package; the sandbox uses only its versions. */
  private static StoredTemplate pack(Pack seed) {
    StoredTemplate pack = new StoredTemplate();
    pack.name = seed.name();
    pack.type = StoredTemplate.PACKAGE;
    pack.share = seed.share();
    pack.createdAt = LONG_AGO;
    if (seed.share().equals(StoredTemplate.PRIVATE)) {
      pack.createdBy = StoredTemplate.CALLER;
    }
    String description = "A package of the sandbox for " + seed.systems();
    JsonObject content =
        WireJson.object("FormatVersion", "OOS-2020-01-01", "Description", description);
    for (String version : seed.versions()) {
      pack.add(WireJson.text(content), version, description, LONG_AGO);
    }
    return pack;
  }

  /** All that can be seen in a region: the vendor's first, then the account's. */
  public List<StoredTemplate> in(String regionId) {
    List<StoredTemplate> all = new ArrayList<>(PUBLIC);
    state.templates.stream().filter(t -> t.regionId.equals(regionId)).forEach(all::add);
    return all;
  }

  public Optional<StoredTemplate> find(String name, String regionId) {
    return in(regionId).stream().filter(t -> t.name.equals(name)).findFirst();
  }

  /**
   * @throws ApiException EntityNotExists.Template
   */
  public StoredTemplate template(String name, String regionId) {
    return find(name, regionId)
        .orElseThrow(() -> ApiException.of("EntityNotExists.Template", name));
  }

  /**
   * @param version null for the latest
   * @throws ApiException EntityNotExists.Template, also for a version that there is not (assumed)
   */
  public StoredTemplate.StoredTemplateVersion version(
      StoredTemplate template, @Nullable String version) {
    return template.versions.stream()
        .filter(v -> v.version.equals(version == null ? template.latest().version : version))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.of(
                    "EntityNotExists.Template",
                    "%s has no version %s; the latest is %s"
                        .formatted(template.name, version, template.latest().version)));
  }

  /**
   * A template that a call names, or sends along.
   *
   * @param name "" for one that was sent along (assumed: it has none)
   * @param content "" for one of the vendor's
   */
  public record ExecutedTemplate(
      String name, String version, String content, EmulatedTemplate read) {}

  /**
   * The template that a call wants to execute: its TemplateContent or its TemplateName.
   *
   * @throws ApiException MissingParameter, EntityNotExists.Template, InvalidParameter for a package
   */
  public ExecutedTemplate executed(ApiCall call) {
    String content = call.get("TemplateContent");
    if (content != null) {
      return new ExecutedTemplate("", StoredTemplate.FIRST, content, read(content));
    }
    StoredTemplate named = template(call.required("TemplateName"), call.region());
    if (named.type.equals(StoredTemplate.PACKAGE)) {
      throw ApiException.invalid(
          "The template " + named.name + " is a package; it is not executed.");
    }
    StoredTemplate.StoredTemplateVersion wanted = version(named, call.get("TemplateVersion"));
    return PublicTemplates.named(named.name)
        .map(vendors -> new ExecutedTemplate(named.name, wanted.version, "", vendors))
        .orElseGet(
            () ->
                new ExecutedTemplate(
                    named.name, wanted.version, wanted.content, read(wanted.content)));
  }

  /**
   * A caller's template.
   *
   * @throws ApiException InvalidTemplate.Content
   */
  public EmulatedTemplate read(String content) {
    return CustomTemplate.of(content, apis);
  }

  /**
   * The version of a package that an instance is to have, by its number or its name; the latest for
   * an empty one. That both are taken is assumed.
   */
  public Optional<StoredTemplate.StoredTemplateVersion> pack(
      String name, String version, String regionId) {
    return find(name, regionId)
        .filter(t -> t.type.equals(StoredTemplate.PACKAGE))
        .flatMap(
            t ->
                version.isEmpty()
                    ? Optional.of(t.latest())
                    : t.versions.stream()
                        .filter(v -> v.version.equals(version) || v.versionName.equals(version))
                        .findFirst());
  }
}
