package oosh.sandbox.oos;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.EmulatedTemplate;
import oosh.sandbox.template.RolePermissions;
import oosh.sandbox.template.TemplateStore;

/** The actions of OOS on templates: to read the vendor's, and to keep one's own. */
final class OosTemplateActions {
  /** Names that a caller's template must not begin with (assumed: from memory of the API). */
  private static final List<String> RESERVED = List.of("ACS", "ALIYUN", "ALIBABA", "ALICLOUD");

  private final Engine engine;
  private final SandboxState state;
  private final TemplateStore templates;

  OosTemplateActions(Engine engine) {
    this.engine = engine;
    this.state = engine.state;
    this.templates = engine.templates;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("GetTemplate", this::template);
    actions.put("ListTemplates", ApiAction.list(this::templates));
    actions.put("ListTemplateVersions", ApiAction.list(this::versions));
    actions.put("CreateTemplate", this::create);
    actions.put("UpdateTemplate", this::update);
    // Executions in flight have their own copy of the text, and continue.
    actions.put("DeleteTemplate", ApiAction.change(call -> state.templates.remove(own(call))));
    actions.put("ValidateTemplateContent", this::validate);
    actions.put("GenerateExecutionPolicy", this::policy);
    actions.put("ListInstancePackageStates", ApiAction.list(this::packages));
    return actions;
  }

  private JsonObject template(ApiCall call) {
    StoredTemplate template = templates.template(call.required("TemplateName"), call.region());
    return withContent(
        call, new TemplateItem(template, templates.version(template, call.get("TemplateVersion"))));
  }

  static JsonObject withContent(ApiCall call, TemplateItem item) {
    JsonObject answer = WireJson.object("Content", item.version().content);
    answer.add("Template", call.shaped("Template", item));
    return answer;
  }

  /** The vendor's first, then the account's. */
  private Collection<?> templates(ApiCall call) {
    Map<String, String> tags = OosTags.of(call.get("Tags"));
    return templates.in(call.region()).stream()
        .filter(t -> t.tags.entrySet().containsAll(tags.entrySet()))
        .map(t -> new TemplateItem(t, t.latest()))
        .toList();
  }

  /** The newest first (assumed). */
  private Collection<?> versions(ApiCall call) {
    StoredTemplate template = templates.template(call.required("TemplateName"), call.region());
    List<TemplateItem> found = new ArrayList<>();
    template.versions.forEach(version -> found.add(0, new TemplateItem(template, version)));
    return found;
  }

  private JsonObject create(ApiCall call) {
    String name = call.required("TemplateName");
    // Source: the SDK's comments: 1 to 200 letters, digits, - and _.
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw ApiException.invalid("\"" + name + "\" is no name for a template.");
    }
    if (RESERVED.stream().anyMatch(name.toUpperCase(java.util.Locale.ROOT)::startsWith)) {
      throw ApiException.invalid(
          "A template's name must not begin with " + String.join(", ", RESERVED) + ".");
    }
    if (templates.find(name, call.region()).isPresent()) {
      throw ApiException.of("EntityAlreadyExists.Template", name);
    }
    StoredTemplate template = new StoredTemplate();
    template.name = name;
    template.share = StoredTemplate.PRIVATE;
    template.regionId = call.region();
    template.createdBy = StoredTemplate.CALLER;
    template.createdAt = engine.now();
    template.tags = OosTags.of(call.get("Tags"));
    addVersion(call, template);
    state.templates.add(template);
    return answer(call, template);
  }

  private void addVersion(ApiCall call, StoredTemplate template) {
    String content = call.required("Content");
    String description = templates.read(content).description();
    template.add(content, call.get("VersionName", ""), description, engine.now());
  }

  private static JsonObject answer(ApiCall call, StoredTemplate template) {
    JsonObject answer = WireJson.object("TemplateType", template.type);
    TemplateItem item = new TemplateItem(template, template.latest());
    answer.add("Template", call.shaped("Template", item));
    return answer;
  }

  /** One of the account's own. */
  private StoredTemplate own(ApiCall call) {
    StoredTemplate template = templates.template(call.required("TemplateName"), call.region());
    if (!state.templates.contains(template)) {
      throw ApiException.of(
          "Forbidden", "The template " + template.name + " cannot be changed here.");
    }
    return template;
  }

  private JsonObject update(ApiCall call) {
    StoredTemplate template = own(call);
    addVersion(call, template);
    String tags = call.get("Tags");
    if (tags != null) {
      template.tags = OosTags.of(tags);
    }
    return answer(call, template);
  }

  /** What it declares and does, or what is wrong with it. */
  private JsonObject validate(ApiCall call) {
    EmulatedTemplate text = templates.read(call.required("Content"));
    JsonObject answer = call.array("Tasks", "Task", text.tasks());
    answer.addProperty("Parameters", WireJson.text(text.parameters().json()));
    answer.addProperty("RamRole", text.ramRole());
    answer.addProperty("Outputs", "{}");
    return answer;
  }

  /** What the template needs, and what of it the role lacks. */
  private JsonObject policy(ApiCall call) {
    Set<String> needed = RolePermissions.of(templates.executed(call).read());
    List<String> lacks = state.lacking.getOrDefault(call.get("RamRole", ""), List.of());
    List<String> missing = needed.stream().filter(lacks::contains).toList();
    JsonObject answer = WireJson.object("Policy", RolePermissions.policy(needed));
    answer.addProperty("MissingPolicy", RolePermissions.missing(missing));
    return answer;
  }

  record PackageState(String name, String version, long at) {}

  private Collection<?> packages(ApiCall call) {
    String id = call.required("InstanceId");
    EmulatedInstance instance = state.members.get(id);
    if (instance == null || !instance.regionId.equals(call.region())) {
      throw ApiException.of("EntityNotExists.Instance", id);
    }
    List<PackageState> found = new ArrayList<>();
    instance.packages.forEach(
        (name, pack) -> found.add(new PackageState(name, pack.version(), pack.at())));
    return found;
  }
}
