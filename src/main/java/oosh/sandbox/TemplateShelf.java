package oosh.sandbox;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What OOS knows by name: the vendor's templates, packages, and the templates of the account. */
final class TemplateShelf {
  /** 2020-01-01T00:00:00Z, made up. */
  private static final long LONG_AGO = 1_577_836_800_000L;

  /** A package that the sandbox always has. */
  private record Pack(String name, String systems, String share, List<String> versions) {}

  private static final List<ShelvedTemplate> PUBLIC = seeded();

  private final World world;

  TemplateShelf(World world) {
    this.world = world;
  }

  private static List<ShelvedTemplate> seeded() {
    List<ShelvedTemplate> seeded = new ArrayList<>();
    for (PublicTemplate each : PublicTemplates.all()) {
      ShelvedTemplate template = new ShelvedTemplate();
      template.name = each.name();
      template.createdAt = LONG_AGO;
      template.add(each.content(), "", each.description(), LONG_AGO);
      seeded.add(template);
    }
    for (Pack each : WireJson.resource("seed/packages.json", Pack[].class)) {
      seeded.add(pack(each));
    }
    return List.copyOf(seeded);
  }

  /** Assumed: what stands in a package's content; only its versions are known to the sandbox. */
  private static ShelvedTemplate pack(Pack seed) {
    ShelvedTemplate pack = new ShelvedTemplate();
    pack.name = seed.name();
    pack.type = ShelvedTemplate.PACKAGE;
    pack.share = seed.share();
    pack.createdAt = LONG_AGO;
    if (seed.share().equals(ShelvedTemplate.PRIVATE)) {
      pack.createdBy = ShelvedTemplate.CALLER;
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
  List<ShelvedTemplate> in(String regionId) {
    List<ShelvedTemplate> all = new ArrayList<>(PUBLIC);
    world.templates.stream().filter(t -> t.regionId.equals(regionId)).forEach(all::add);
    return all;
  }

  Optional<ShelvedTemplate> find(String name, String regionId) {
    return in(regionId).stream().filter(t -> t.name.equals(name)).findFirst();
  }

  /**
   * @throws ApiError EntityNotExists.Template
   */
  ShelvedTemplate template(String name, String regionId) {
    return find(name, regionId)
        .orElseThrow(
            () ->
                new ApiError(
                    404, "EntityNotExists.Template", "The template " + name + " does not exist."));
  }

  /**
   * @param version null for the latest
   * @throws ApiError EntityNotExists.Template, also for a version that there is not (assumed)
   */
  ShelvedTemplate.Version version(ShelvedTemplate template, @Nullable String version) {
    if (version == null) {
      return template.latest();
    }
    return template.versions.stream()
        .filter(v -> v.version.equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiError(
                    404,
                    "EntityNotExists.Template",
                    "The template "
                        + template.name
                        + " has no version "
                        + version
                        + "; the latest is "
                        + template.latest().version
                        + "."));
  }

  /**
   * The version of a package that an instance is to have, by its number or its name; the latest for
   * an empty one. That both are taken is assumed.
   */
  Optional<ShelvedTemplate.Version> pack(String name, String version, String regionId) {
    return find(name, regionId)
        .filter(t -> t.type.equals(ShelvedTemplate.PACKAGE))
        .flatMap(
            t ->
                version.isEmpty()
                    ? Optional.of(t.latest())
                    : t.versions.stream()
                        .filter(v -> v.version.equals(version) || v.versionName.equals(version))
                        .findFirst());
  }
}
