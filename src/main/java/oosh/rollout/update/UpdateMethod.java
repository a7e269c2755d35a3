package oosh.rollout.update;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import org.jspecify.annotations.Nullable;

/**
 * An update method: an OOS template and the parameters that it takes. Two methods with the same
 * word are equal.
 *
 * @param word as {@code use method} and the journal call it
 * @param template the name, as StartExecution's TemplateName takes it; "" for oosh's own
 * @param version TemplateVersion; "" for the newest
 * @param payloadOrNull what it brings to the instances beside a script
 * @param names the template's parameters, as far as oosh knows them
 * @param others the parameters without a verb of their own
 * @param declaredOrNull the template as OOS lists it, if it was read
 */
public record UpdateMethod(
    String word,
    String template,
    String version,
    String sentence,
    @Nullable Payload payloadOrNull,
    Set<String> names,
    List<TemplateParameter> others,
    @Nullable Template declaredOrNull) {
  /** What the public templates have in common (source: the templates, 2024). */
  private static final Set<String> COMMON =
      Set.of(
          "invokeType",
          "scalingGroupId",
          "enterProcess",
          "exitProcess",
          "sourceExecutionId",
          "batchPauseOption",
          "batchNumber",
          "OOSAssumeRole");

  private static final TemplateParameter STATES =
      TemplateParameter.of(
          "lifecycleState",
          TemplateParameter.Type.LIST,
          List.of("InService", "Protected"),
          "InService",
          "which instances take part, by lifecycle state; InService by default");

  private static final TemplateParameter SAVE =
      TemplateParameter.of(
          "whetherSaveToFile",
          TemplateParameter.Type.BOOLEAN,
          List.of(),
          true,
          "whether the download is saved to a file; true by default");

  public static final UpdateMethod RUN_SCRIPT =
      of(
          "run-script",
          "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
          "run a script on every instance, out of service while it runs",
          null,
          List.of("commandType", "invokeScript", "rollbackScript"),
          List.of(STATES));

  public static final UpdateMethod RUN_SCRIPT_OOSH =
      of(
          "run-script-oosh",
          "",
          "run-script with oosh's own template: chosen instances, growing batches, a timed pause, a"
              + " number of errors, a time limit; resumes the processes behind a failure",
          null,
          List.of("commandType", "invokeScript", "rollbackScript", "maxErrors"),
          List.of(
              STATES,
              TemplateParameter.number(
                  "timeout",
                  10,
                  86_400,
                  (long) Script.TIMEOUT_SECONDS,
                  "how many seconds the script has on each instance; 600 by default"),
              TemplateParameter.of(
                  "workingDir",
                  TemplateParameter.Type.STRING,
                  List.of(),
                  "",
                  "the directory that the script runs in; by default the system's")));

  public static final UpdateMethod REPLACE_IMAGE =
      of(
          "replace-image",
          "ACS-ESS-RollingUpdateByReplaceSystemDiskInScalingGroup",
          "give every instance a new system disk made of an image; what is on the old one is lost",
          Payload.IMAGE,
          List.of("maxErrors"),
          List.of(STATES));

  public static final UpdateMethod INSTALL_PACKAGE =
      of(
          "install-package",
          "ACS-ESS-RollingUpdateByConfigureOOSPackage",
          "install or uninstall a package of OOS on every instance, out of service meanwhile",
          Payload.PACKAGE,
          List.of(),
          List.of(STATES));

  public static final UpdateMethod DOWNLOAD_FILE =
      of(
          "download-file",
          "ACS-ESS-RollingUpdateByDownloadFileAndRunCommand",
          "have every instance fetch a file and run a script, while it keeps serving",
          Payload.FILE,
          List.of("invokeScript", "rollbackScript"),
          List.of(SAVE));

  public static final UpdateMethod DOWNLOAD_OSS_FILE =
      of(
          "download-oss-file",
          "ACS-ESS-RollingUpdateByDownloadOSSFileAndRunCommand",
          "have every instance fetch an object of OSS and run a script, while it keeps serving",
          Payload.OBJECT,
          List.of("invokeScript", "rollbackScript"),
          List.of(
              SAVE,
              TemplateParameter.number(
                  "URLExpirationTime",
                  1,
                  Long.MAX_VALUE,
                  6000L,
                  "how many seconds the object can be fetched; 6000 by default"),
              TemplateParameter.of(
                  "OSSRegion",
                  TemplateParameter.Type.STRING,
                  List.of(),
                  "",
                  "where the bucket is; another region's bucket is read over the internet")));

  public static final UpdateMethod UPDATE_CONTAINER =
      of(
          "update-container",
          "ACS-ESS-RollingUpdateByUpdateContainerGroup",
          "give the containers of every instance of a group of ECI a new configuration",
          Payload.CONTAINER,
          List.of("maxErrors"),
          List.of(
              TemplateParameter.of(
                  "updateType",
                  TemplateParameter.Type.STRING,
                  List.of("RenewUpdate", "IncrementalUpdate"),
                  "IncrementalUpdate",
                  "whether the configuration is complete or has only what changes (the default)")));

  /** Those that oosh knows by a word of its own. */
  public static final List<UpdateMethod> KNOWN =
      List.of(
          RUN_SCRIPT,
          RUN_SCRIPT_OOSH,
          REPLACE_IMAGE,
          INSTALL_PACKAGE,
          DOWNLOAD_FILE,
          DOWNLOAD_OSS_FILE,
          UPDATE_CONTAINER);

  /** The key of the tag that tells how an execution was made, where its template does not. */
  public static final String TAG = "oosh-method";

  /**
   * The key of the tag that those executions are listed by, whose template is not one of the public
   * ones, and its one value.
   */
  public static final String LISTED = "oosh-listed";

  public static final String YES = "yes";

  /** The first word of any other template's method. */
  public static final String TEMPLATE = "template";

  public UpdateMethod {
    names = Set.copyOf(names);
    others = List.copyOf(others);
  }

  private static UpdateMethod of(
      String word,
      String template,
      String sentence,
      @Nullable Payload payload,
      List<String> with,
      List<TemplateParameter> others) {
    Set<String> names = new HashSet<>(COMMON);
    names.addAll(with);
    others.forEach(p -> names.add(p.name()));
    if (payload != null) {
      names.addAll(payload.parameters());
      names.addAll(payload.back());
    }
    return new UpdateMethod(word, template, "", sentence, payload, names, others, null);
  }

  /**
   * Any other template that updates scaling groups.
   *
   * @param version "" for the newest
   */
  public static UpdateMethod template(String name, String version) {
    return new UpdateMethod(
        TEMPLATE + " " + name + (version.isEmpty() ? "" : "@" + version),
        name,
        version,
        "the template " + name + (version.isEmpty() ? "" : ", version " + version),
        null,
        COMMON,
        List.of(),
        null);
  }

  /** The same, with what its template says of itself. */
  public UpdateMethod withTemplate(Template itself) {
    return new UpdateMethod(
        word, template, version, sentence, payloadOrNull, names, others, itself);
  }

  /** Those of the values for a rollback that are this method's. */
  public Map<String, Object> rollbackValues(Map<String, Object> staged) {
    return payload().map(p -> p.rollbackValues(staged)).orElse(Map.of());
  }

  /** What it takes to the instances beside a script; empty if nothing. */
  public Optional<Payload> payload() {
    return Optional.ofNullable(payloadOrNull);
  }

  /** Its template as OOS tells it, if that was asked. */
  public Optional<Template> declared() {
    return Optional.ofNullable(declaredOrNull);
  }

  /** Whether its template is oosh's own, sent along with every start. */
  public boolean usesOoshTemplate() {
    return template.isEmpty();
  }

  /** Whether it is none of those that oosh knows. */
  public boolean isUserTemplate() {
    return word.startsWith(TEMPLATE + " ");
  }

  /** Whether it runs a script and does nothing else, which can be played anywhere. */
  public boolean runsOnlyScript() {
    return equals(RUN_SCRIPT) || equals(RUN_SCRIPT_OOSH);
  }

  /** Whether it can run a script. */
  public boolean runsScript() {
    return declares("invokeScript");
  }

  /** Whether instances are out of service while they are updated, as far as it is known. */
  public boolean usesStandby() {
    return !equals(DOWNLOAD_FILE) && !equals(DOWNLOAD_OSS_FILE);
  }

  /** Whether as many instances may fail as it is told. */
  public boolean takesMaxErrors() {
    return declares("maxErrors") && !equals(UPDATE_CONTAINER);
  }

  /** Whether its template has that parameter. */
  public boolean declares(String parameter) {
    Template itself = declaredOrNull;
    return itself == null ? names.contains(parameter) : itself.declares(parameter);
  }

  /** What must be sent: the template says it, or is known to. */
  List<String> required() {
    Template itself = declaredOrNull;
    if (itself != null) {
      return itself.parameters().stream()
          .filter(TemplateParameter::required)
          .map(TemplateParameter::name)
          .toList();
    }
    return equals(UPDATE_CONTAINER) ? List.of("scalingConfigurationId") : List.of();
  }

  /** How an execution was made, by its template's name or by its tag; empty if by neither. */
  public static Optional<UpdateMethod> of(Execution execution) {
    String tagged = execution.tags().getOrDefault(TAG, "");
    String name = execution.templateName();
    if (tagged.equals(TEMPLATE)) {
      return Optional.of(template(name, ""));
    }
    return tagged.isEmpty()
        ? KNOWN.stream().filter(m -> !m.usesOoshTemplate() && m.template.equals(name)).findFirst()
        : of(tagged);
  }

  /** The one of that word, as the journal keeps it. */
  public static Optional<UpdateMethod> of(String word) {
    if (word.startsWith(TEMPLATE + " ")) {
      String[] parts = word.substring(TEMPLATE.length() + 1).split("@", 2);
      return Optional.of(template(parts[0], parts.length == 1 ? "" : parts[1]));
    }
    return KNOWN.stream().filter(m -> m.word.equals(word)).findFirst();
  }

  /** By these an execution is found again, where its template's name is not enough. */
  public Map<String, String> tags() {
    return usesOoshTemplate()
        ? Map.of(TAG, word, LISTED, YES)
        : isUserTemplate() ? Map.of(TAG, TEMPLATE, LISTED, YES) : Map.of();
  }

  /** The template's parameters that have no verb of their own, for {@code stage set}. */
  public List<TemplateParameter> otherParameters() {
    Template itself = declaredOrNull;
    return itself == null || usesOoshTemplate()
        ? others
        : itself.parameters().stream().filter(p -> verb(p.name()).isEmpty()).toList();
  }

  /** What launch and rollback say by themselves, whatever is staged. */
  public static boolean isCommon(String parameter) {
    return COMMON.contains(parameter);
  }

  /** The verb that stages a parameter; empty if {@code stage set} does. */
  public Optional<String> verb(String parameter) {
    Payload payload = payloadOrNull;
    if (payload != null && payload.parameters().contains(parameter)) {
      return Optional.of(payload.verb());
    }
    if (payload != null && payload.back().contains(parameter)) {
      return Optional.of(payload.backVerb());
    }
    return Optional.ofNullable(
        switch (parameter) {
          case "invokeScript" -> "stage script FILE";
          case "rollbackScript" -> "stage rollback FILE";
          case "commandType" -> "stage script FILE --type TYPE";
          case "batchNumber" -> "stage batch N";
          case "batchPauseOption" -> "stage pause never|first|every";
          case "OOSAssumeRole" -> "stage role NAME";
          case "enterProcess", "exitProcess" -> "stage suspend LIST";
          case "scalingGroupId" -> "use group ID";
          case "invokeType", "sourceExecutionId" -> "launch, and rollback EXEC";
          case "maxErrors" -> "stage max-errors N";
          default -> null;
        });
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UpdateMethod method && method.word.equals(word);
  }

  @Override
  public int hashCode() {
    return word.hashCode();
  }

  @Override
  public String toString() {
    return word;
  }
}
