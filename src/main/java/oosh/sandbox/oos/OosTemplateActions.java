package oosh.sandbox.oos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.CustomTemplate;
import oosh.sandbox.template.PublicTemplates;
import oosh.sandbox.template.RolePermissions;
import oosh.sandbox.template.TemplateStore;

/** The actions of OOS on templates: to read the vendor's, and to keep one's own. */
final class OosTemplateActions {
  /** Names that a caller's template must not begin with (assumed: from memory of the API). */
  private static final List<String> RESERVED = List.of("ACS", "ALIYUN", "ALIBABA", "ALICLOUD");

  private final Engine engine;
  private final SandboxState world;
  private final TemplateStore shelf;

  OosTemplateActions(Engine engine) {
    this.engine = engine;
    this.world = engine.world;
    this.shelf = engine.shelf;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("GetTemplate", this::template);
    actions.put("ListTemplates", this::templates);
    actions.put("ListTemplateVersions", this::versions);
    actions.put("CreateTemplate", this::create);
    actions.put("UpdateTemplate", this::update);
    actions.put("DeleteTemplate", this::delete);
    actions.put("ValidateTemplateContent", OosTemplateActions::validate);
    actions.put("GenerateExecutionPolicy", this::policy);
    actions.put("ListInstancePackageStates", this::packages);
    return actions;
  }

  private JsonObject template(ApiCall call) {
    StoredTemplate template = shelf.template(call.required("TemplateName"), call.region());
    StoredTemplate.StoredTemplateVersion version =
        shelf.version(template, call.get("TemplateVersion"));
    JsonObject answer = new JsonObject();
    answer.add("Template", OosResponses.template(template, version));
    answer.addProperty("Content", version.content);
    return answer;
  }

  /** TemplateName is a part of the name (assumed). Those of the account come after the vendor's. */
  private JsonObject templates(ApiCall call) {
    String type = call.oneOf("TemplateType");
    String share = call.oneOf("ShareType");
    String format = call.oneOf("TemplateFormat");
    Map<String, String> tags = OosTags.of(call.get("Tags"));
    List<StoredTemplate> found =
        shelf.in(call.region()).stream()
            .filter(t -> t.name.contains(call.get("TemplateName", "")))
            .filter(t -> type == null || t.type.equals(type))
            .filter(t -> share == null || t.share.equals(share))
            .filter(t -> format == null || CustomTemplate.format(t.latest().content).equals(format))
            .filter(t -> t.createdBy.equals(call.get("CreatedBy", t.createdBy)))
            .filter(t -> t.tags.entrySet().containsAll(tags.entrySet()))
            .toList();
    return OosPage.of(
        call, found, "Templates", t -> t.name, t -> OosResponses.template(t, t.latest()));
  }

  /** The newest first (assumed). */
  private JsonObject versions(ApiCall call) {
    StoredTemplate template = shelf.template(call.required("TemplateName"), call.region());
    List<StoredTemplate.StoredTemplateVersion> found = new ArrayList<>(template.versions);
    Collections.reverse(found);
    return OosPage.of(
        call,
        found,
        "TemplateVersions",
        v -> v.version,
        v ->
            WireJson.object(
                "TemplateVersion",
                v.version,
                "VersionName",
                v.versionName,
                "Description",
                v.description,
                "TemplateFormat",
                CustomTemplate.format(v.content),
                "UpdatedBy",
                template.createdBy,
                "UpdatedDate",
                VendorTimes.seconds(v.updatedAt)));
  }

  private JsonObject create(ApiCall call) {
    String name = call.required("TemplateName");
    String content = call.required("Content");
    // Source: the SDK's comments: 1 to 200 letters, digits, - and _.
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw ApiException.invalid("\"" + name + "\" is no name for a template.");
    }
    if (RESERVED.stream().anyMatch(name.toUpperCase(java.util.Locale.ROOT)::startsWith)) {
      throw ApiException.invalid(
          "A template's name must not begin with " + String.join(", ", RESERVED) + ".");
    }
    if (shelf.find(name, call.region()).isPresent()) {
      // Assumed code: named like EntityNotExists.Template, which is published.
      throw new ApiException(
          409, "EntityAlreadyExists.Template", "The template " + name + " exists already.");
    }
    CustomTemplate text = CustomTemplate.of(content);
    StoredTemplate template = new StoredTemplate();
    template.name = name;
    template.share = StoredTemplate.PRIVATE;
    template.regionId = call.region();
    template.createdBy = StoredTemplate.CALLER;
    template.createdAt = engine.now();
    template.tags = OosTags.of(call.get("Tags"));
    template.add(content, call.get("VersionName", ""), text.description, engine.now());
    world.templates.add(template);
    return answer(template);
  }

  private static JsonObject answer(StoredTemplate template) {
    JsonObject answer = WireJson.object("TemplateType", template.type);
    answer.add("Template", OosResponses.template(template, template.latest()));
    return answer;
  }

  /** One of the account's own. */
  private StoredTemplate own(ApiCall call) {
    StoredTemplate template = shelf.template(call.required("TemplateName"), call.region());
    if (!world.templates.contains(template)) {
      throw new ApiException(
          403, "Forbidden", "The template " + template.name + " cannot be changed here.");
    }
    return template;
  }

  private JsonObject update(ApiCall call) {
    StoredTemplate template = own(call);
    String content = call.required("Content");
    CustomTemplate text = CustomTemplate.of(content);
    template.add(content, call.get("VersionName", ""), text.description, engine.now());
    String tags = call.get("Tags");
    if (tags != null) {
      template.tags = OosTags.of(tags);
    }
    return answer(template);
  }

  /** Executions in flight have their own copy of the text, and continue. */
  private JsonObject delete(ApiCall call) {
    world.templates.remove(own(call));
    return new JsonObject();
  }

  /** What it declares and does, or what is wrong with it. */
  private static JsonObject validate(ApiCall call) {
    CustomTemplate text = CustomTemplate.of(call.required("Content"));
    JsonArray tasks = new JsonArray();
    text.tasks.forEach(
        task -> {
          JsonObject json = WireJson.object("Name", task.name(), "Type", task.action());
          json.addProperty("Properties", WireJson.text(task.properties()));
          tasks.add(json);
        });
    JsonObject answer = new JsonObject();
    answer.addProperty("Parameters", WireJson.text(text.parameters.json()));
    answer.addProperty("RamRole", text.ramRole);
    answer.addProperty("Outputs", "{}");
    answer.add("Tasks", tasks);
    return answer;
  }

  /** What the template needs, and what of it the role lacks. */
  private JsonObject policy(ApiCall call) {
    Set<String> needed = needed(call);
    List<String> lacks = world.lacking.getOrDefault(call.get("RamRole", ""), List.of());
    return WireJson.object(
        "Policy",
        RolePermissions.policy(needed),
        "MissingPolicy",
        RolePermissions.missing(needed.stream().filter(lacks::contains).toList()));
  }

  private Set<String> needed(ApiCall call) {
    String content = call.get("TemplateContent");
    if (content == null) {
      StoredTemplate template = shelf.template(call.required("TemplateName"), call.region());
      content = shelf.version(template, call.get("TemplateVersion")).content;
      if (template.type.equals(StoredTemplate.PACKAGE)) {
        throw ApiException.invalid("The template " + template.name + " is a package.");
      }
      if (PublicTemplates.named(template.name).isPresent()) {
        return RolePermissions.of(PublicTemplates.named(template.name).get());
      }
    }
    return RolePermissions.of(CustomTemplate.of(content));
  }

  /**
   * Which packages an instance has (source: OOS's SDK, ListInstancePackageStates, 2025-05; there
   * TemplateNames is JSON text).
   */
  private JsonObject packages(ApiCall call) {
    String id = call.required("InstanceId");
    EmulatedInstance member = world.members.get(id);
    if (member == null || !member.regionId.equals(call.region())) {
      throw new ApiException(
          404, "EntityNotExists.Instance", "The instance " + id + " is not found.");
    }
    List<String> names = call.list("TemplateNames");
    List<Map.Entry<String, EmulatedInstance.InstalledPackage>> found =
        member.packages.entrySet().stream()
            .filter(e -> names.isEmpty() || names.contains(e.getKey()))
            .toList();
    return OosPage.of(
        call,
        found,
        "PackageStates",
        Map.Entry::getKey,
        e ->
            WireJson.object(
                "TemplateName",
                e.getKey(),
                "TemplateId",
                StoredTemplate.id(e.getKey()),
                "TemplateVersion",
                e.getValue().version(),
                "UpdateTime",
                VendorTimes.seconds(e.getValue().at())));
  }
}
