package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.Catalogue;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.ScalingGroup;
import org.jspecify.annotations.Nullable;

/**
 * What ECS (2014-05-26), ESS (2014-08-28), OOS (2019-06-01), RAM (2015-05-01) and CloudMonitor
 * (2019-01-01) list in one region.
 */
final class AliyunCatalogue implements Catalogue {
  /** So many instances of a group are asked for their images. */
  private static final int FEW = 3;

  /** The most entries of each list: a person does not look for a word among more. */
  private static final int MOST = 500;

  /** Each role is one more question. */
  private static final int MOST_ROLES = 100;

  /**
   * Whom a role must trust. Source: roles for OOS in public Terraform configurations; OOS's other
   * principals are those of service-linked roles (source: OOS help, "oos-linked-roles", 2024-12).
   */
  private static final String OOS = "oos.aliyuncs.com";

  private final RpcService ecs;
  private final RpcService ess;
  private final RpcService oos;
  private final RpcService ram;
  private final RpcService cms;
  private final AliyunInventory inventory;

  AliyunCatalogue(RpcClient caller) {
    this.ecs = RpcService.ecs(caller);
    this.ess = RpcService.ess(caller);
    this.oos = RpcService.oos(caller);
    this.ram = RpcService.ram(caller);
    this.cms = RpcService.cms(caller);
    this.inventory = new AliyunInventory(caller);
  }

  @Override
  public List<CatalogueItem> images(@Nullable ScalingGroup group) {
    if (group != null && group.ofContainers()) {
      return List.of();
    }
    String architecture = group == null ? "" : architecture(group);
    // Source: ECS DescribeImages, ImageOwnerAlias.
    return Stream.of("self", "system").flatMap(o -> images(o, architecture).stream()).toList();
  }

  private List<CatalogueItem> images(String owner, String architecture) {
    Map<String, String> asked = new HashMap<>();
    asked.put("Status", "Available");
    asked.put("ImageOwnerAlias", owner);
    if (!architecture.isEmpty()) {
      asked.put("Architecture", architecture);
    }
    List<JsonObject> images =
        ecs.list("DescribeImages", "list the images", asked, "Images.Image", i -> i, MOST);
    return items(
        images.stream()
            .filter(i -> JsonFields.text(i, "Status").equals("Available"))
            .filter(
                i ->
                    architecture.isEmpty()
                        || JsonFields.text(i, "Architecture").equals(architecture)),
        "ImageId",
        "ImageName",
        i ->
            joined(
                either(i, "OSNameEn", "OSName"),
                JsonFields.text(i, "Architecture"),
                owner.equals("self") ? "own" : owner));
  }

  /** What can be named of a list, by its fields of an id and a name; "" for no name. */
  private static List<CatalogueItem> items(
      Stream<JsonObject> listed, String id, String name, Function<JsonObject, String> detail) {
    return listed
        .map(
            o ->
                new CatalogueItem(
                    JsonFields.text(o, id), JsonFields.text(o, name), detail.apply(o)))
        .filter(item -> !item.value().isEmpty())
        .toList();
  }

  /**
   * That of the image of the active scaling configuration, else of the first instances' images; ""
   * if no service says.
   */
  private String architecture(ScalingGroup group) {
    String image =
        described(group).stream()
            .filter(c -> JsonFields.text(c, "LifecycleState").equals("Active"))
            .map(c -> JsonFields.text(c, "ImageId"))
            .findFirst()
            .orElse("");
    String told = image.isEmpty() ? "" : architecture(image);
    if (!told.isEmpty()) {
      return told;
    }
    // A group may launch by a template, or by an image that is no more.
    return instanceImages(group).stream()
        .map(this::architecture)
        .filter(a -> !a.isEmpty())
        .findFirst()
        .orElse("");
  }

  private String architecture(String image) {
    // Without a Status, ECS lists only the images that can be used.
    return Stream.of("Available", "Deprecated")
        .flatMap(
            status ->
                ecs
                    .list(
                        "DescribeImages",
                        "read image " + CallFailureMapper.clean(image),
                        Map.of("ImageId", image, "Status", status),
                        "Images.Image",
                        i -> JsonFields.text(i, "Architecture"),
                        1)
                    .stream())
        .findFirst()
        .orElse("");
  }

  private List<String> instanceImages(ScalingGroup group) {
    List<String> ids =
        ess
            .list(
                "DescribeScalingInstances",
                "read the instances of scaling group " + group.id(),
                Map.of("ScalingGroupId", group.id()),
                "ScalingInstances.ScalingInstance",
                i -> JsonFields.text(i, "InstanceId"),
                FEW)
            .stream()
            .filter(id -> !id.isEmpty())
            .toList();
    return ids.isEmpty()
        ? List.of()
        : inventory.machines(ids).stream()
            .map(Inventory.EcsInstance::imageId)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
  }

  /** Assumed: that the configurations of both types are listed under the same names. */
  private List<JsonObject> described(ScalingGroup group) {
    return ess.list(
        group.ofContainers() ? "DescribeEciScalingConfigurations" : "DescribeScalingConfigurations",
        "list the scaling configurations of " + group.id(),
        Map.of("ScalingGroupId", group.id()),
        "ScalingConfigurations.ScalingConfiguration",
        c -> c,
        MOST);
  }

  @Override
  public List<CatalogueItem> configurations(ScalingGroup group) {
    return items(
        described(group).stream(),
        "ScalingConfigurationId",
        "ScalingConfigurationName",
        c -> joined(imagesOf(c), JsonFields.text(c, "LifecycleState")));
  }

  /** {@code image m-1}; of containers {@code images nginx:1.26, app:2}. */
  private static String imagesOf(JsonObject configuration) {
    String image = JsonFields.text(configuration, "ImageId");
    if (!image.isEmpty()) {
      return "image " + image;
    }
    List<String> images =
        JsonFields.objects(JsonFields.objectIn(configuration, "Containers").get("Container"))
            .orElse(List.of())
            .stream()
            .map(c -> JsonFields.text(c, "Image"))
            .filter(i -> !i.isEmpty())
            .toList();
    return images.isEmpty()
        ? ""
        : (images.size() == 1 ? "image " : "images ") + String.join(" ", images);
  }

  @Override
  public List<CatalogueItem> packages() {
    return Stream.of("Private", "Public")
        .flatMap(
            share ->
                templates(
                    "list the packages",
                    "Package",
                    share,
                    share.equals("Private") ? "own" : "public")
                    .stream())
        .toList();
  }

  @Override
  public List<CatalogueItem> templates() {
    return templates("list the templates", "Automation", "Private", "");
  }

  private List<CatalogueItem> templates(String doing, String type, String share, String shown) {
    List<JsonObject> listed =
        oos.list(
            "ListTemplates",
            doing,
            Map.of("TemplateType", type, "ShareType", share),
            "Templates",
            t -> t,
            MOST);
    return items(listed.stream(), "TemplateName", "", t -> joined(shown, sentence(t)));
  }

  /** Some descriptions are JSON text with a field for each language (assumed: in lists too). */
  private static String sentence(JsonObject described) {
    JsonObject languages = JsonFields.objectIn(described, "Description");
    return TemplateContentParser.sentence(
        languages.has("en") ? languages : described.get("Description"));
  }

  /** Assumed: a package's version is named by its number, as in the packages of an instance. */
  @Override
  public List<CatalogueItem> versions(String name) {
    List<JsonObject> versions =
        oos.list(
            "ListTemplateVersions",
            "list the versions of " + CallFailureMapper.clean(name),
            Map.of("TemplateName", name),
            "TemplateVersions",
            v -> v,
            MOST);
    return items(versions.stream(), "TemplateVersion", "VersionName", AliyunCatalogue::sentence);
  }

  /** They are the account's, in every region. */
  @Override
  public List<CatalogueItem> roles() {
    List<JsonObject> listed =
        ram.read(
            "ListRoles",
            "list the roles",
            Map.of("MaxItems", String.valueOf(MOST_ROLES)),
            answer -> ram.objects(answer, "Roles.Role"));
    return listed.stream()
        .limit(MOST_ROLES)
        .map(
            role ->
                new CatalogueItem(
                    JsonFields.text(role, "RoleName"), "", JsonFields.text(role, "Description")))
        .filter(role -> !role.value().isEmpty() && trustsOos(role.value()))
        .toList();
  }

  /** The list does not tell whom a role trusts. */
  private boolean trustsOos(String role) {
    return ram.read(
        "GetRole",
        "read role " + CallFailureMapper.clean(role),
        Map.of("RoleName", role),
        answer -> {
          JsonObject policy =
              JsonFields.objectIn(JsonFields.objectIn(answer, "Role"), "AssumeRolePolicyDocument");
          return JsonFields.objects(policy.get("Statement")).orElse(List.of()).stream()
              .anyMatch(AliyunCatalogue::letsOosIn);
        });
  }

  private static boolean letsOosIn(JsonObject statement) {
    JsonElement service = JsonFields.objectIn(statement, "Principal").get("Service");
    return JsonFields.text(statement, "Effect").equals("Allow")
        && JsonFields.texts(service).contains(OOS);
  }

  @Override
  public List<CatalogueItem> alarmRules() {
    List<JsonObject> listed =
        cms.list(
            "DescribeMetricRuleList",
            "list the alarm rules",
            Map.of(),
            "Alarms.Alarm",
            rule -> rule,
            MOST);
    return items(
        listed.stream(), "RuleId", "RuleName", rule -> JsonFields.text(rule, "AlertState"));
  }

  private static String either(JsonObject o, String name, String other) {
    String first = JsonFields.text(o, name);
    return first.isEmpty() ? JsonFields.text(o, other) : first;
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(p -> !p.isEmpty()).collect(Collectors.joining(", "));
  }
}
