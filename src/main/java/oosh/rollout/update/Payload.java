package oosh.rollout.update;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a public template brings to the instances beside a script: some of its parameters, which one
 * verb stages. The names are those of the templates (2024).
 */
public enum Payload {
  IMAGE(
      "image",
      "an image",
      "imageId",
      List.of("imageId", "scalingConfigurationId"),
      "sourceImageId",
      List.of("sourceImageId"),
      "stage image ID",
      "stage image ID --back-to ID"),
  PACKAGE(
      "package",
      "a package",
      "packageName",
      List.of("packageName", "packageVersion", "action"),
      "packageVersion",
      List.of("packageName", "packageVersion", "action"),
      "stage package NAME",
      "stage package NAME --back-to VERSION"),
  FILE(
      "file",
      "a file",
      "invokeSourcePath",
      List.of("invokeSourcePath", "invokeDestinationDir"),
      "rollbackSourcePath",
      List.of("rollbackSourcePath", "rollbackDestinationDir"),
      "stage file URL DIR",
      "stage file URL DIR --back-to URL"),
  OBJECT(
      "object",
      "an object of OSS",
      "invokeObjectName",
      List.of("invokeBucketName", "invokeObjectName", "invokeDestinationDir"),
      "rollbackObjectName",
      List.of("rollbackBucketName", "rollbackObjectName", "rollbackDestinationDir"),
      "stage object BUCKET/KEY DIR",
      "stage object BUCKET/KEY DIR --back-to BUCKET/KEY"),
  CONTAINER(
      "container",
      "a container's configuration",
      "containerConfigure",
      List.of("containerConfigure", "scalingConfigurationId"),
      "sourceContainerConfigure",
      List.of("sourceContainerConfigure"),
      "stage container FILE --configuration ID",
      "stage container FILE --configuration ID --back-to FILE");

  /** The image of the scaling configuration that the launch gives another. */
  public static final String CONFIGURED_IMAGE = "configuredImageId";

  private final String word;
  private final String words;
  private final String main;

  /** Names, with a comma between two. */
  private final String parameters;

  private final String mainBack;
  private final String back;
  private final String verb;
  private final String backVerb;

  Payload(
      String word,
      String words,
      String main,
      List<String> parameters,
      String mainBack,
      List<String> back,
      String verb,
      String backVerb) {
    this.word = word;
    this.words = words;
    this.main = main;
    this.parameters = String.join(",", parameters);
    this.mainBack = mainBack;
    this.back = String.join(",", back);
    this.verb = verb;
    this.backVerb = backVerb;
  }

  /**
   * What the download templates are sent where no script is staged: they run one in any case, and
   * Cloud Assistant refuses an empty one (source: ACS::ESS::DownloadFileAndRunCommand, 2024; ECS
   * RunCommand). A shell takes it and PowerShell too.
   */
  public static final String NO_SCRIPT = "exit 0";

  /** The action of install-package that takes a package away (source: the template, 2024). */
  public static final String UNINSTALL = "uninstall";

  /** Whether instances fetch it, and a script runs there afterwards. */
  public boolean fetched() {
    return this == FILE || this == OBJECT;
  }

  /** What a rollback restores, in a word. */
  public String backWord() {
    return this == PACKAGE ? "version" : this == CONTAINER ? "configuration" : word;
  }

  /** As {@code stage}, {@code unstage} and screens call it. */
  public String word() {
    return word;
  }

  /** {@code an image}, in a sentence. */
  public String words() {
    return words;
  }

  /** What a launch sends; the others of {@link #parameters} go with it. */
  public String main() {
    return main;
  }

  public List<String> parameters() {
    return List.of(parameters.split(",", -1));
  }

  /** What a rollback sends instead, or beside it; without {@link #mainBack} there is none. */
  public List<String> back() {
    return List.of(back.split(",", -1));
  }

  String mainBack() {
    return mainBack;
  }

  public String verb() {
    return verb;
  }

  public String backVerb() {
    return backVerb;
  }

  /** Whether it is among these parameters. */
  public boolean in(Map<String, Object> values) {
    return told(values.get(main));
  }

  /** Whether these say what a rollback restores. */
  public boolean hasRollbackValues(Map<String, Object> values) {
    return told(values.get(mainBack))
        || (this == PACKAGE && text(values, "action").equals(UNINSTALL));
  }

  /** The parameter of a launch that corresponds to a parameter of its rollback. */
  static String launched(String back) {
    return back.replaceFirst("^rollback", "invoke");
  }

  /** Whether the rollback values are only what the launch itself has brought. */
  public boolean goesBackToItself(Map<String, Object> values) {
    return fetched()
        && back().stream().allMatch(n -> text(values, n).equals(text(values, launched(n))));
  }

  private static boolean told(@Nullable Object value) {
    return value instanceof String s
        ? !s.isBlank()
        : value instanceof Map<?, ?> m
            ? !m.isEmpty()
            : value instanceof List<?> l ? !l.isEmpty() : value != null;
  }

  /** The payload that a parameter belongs to. */
  static Optional<Payload> of(String parameter, Map<String, Object> values) {
    return Arrays.stream(values())
        .filter(p -> p.parameters().contains(parameter) && p.in(values))
        .findFirst();
  }

  /**
   * What a launch brings, in a word or two: {@code m-bp1new}, {@code nginx@1.2}, {@code
   * app.tar.gz}, {@code bucket/app.tar.gz}, {@code container 3f9a1c}; "" if it is not there.
   */
  public String describe(Map<String, Object> values) {
    return in(values) ? describe(values, main, "invokeBucketName") : "";
  }

  /** What a rollback restores, in a word or two; "" if it is not known. */
  public String describeBack(Map<String, Object> values) {
    return hasRollbackValues(values) ? describe(values, mainBack, "rollbackBucketName") : "";
  }

  private String describe(Map<String, Object> values, String of, String bucket) {
    return switch (this) {
      case IMAGE -> text(values, of);
      case PACKAGE -> versioned(values);
      case FILE -> fileName(text(values, of));
      case OBJECT -> text(values, bucket) + "/" + text(values, of);
      case CONTAINER -> word + " " + hash(values.get(of));
    };
  }

  private static String versioned(Map<String, Object> values) {
    String version = text(values, "packageVersion");
    return (text(values, "action").equals(UNINSTALL) ? UNINSTALL + " " : "")
        + text(values, "packageName")
        + (version.isEmpty() ? "" : "@" + version);
  }

  /** What an address names, without the query that may be signed. */
  private static String fileName(String url) {
    String path = url.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The first six digits of what a configuration says, whatever the order of its fields. */
  private static String hash(@Nullable Object value) {
    return Script.ofText("", canonical(value)).shortSha();
  }

  private static String canonical(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put(String.valueOf(k), canonical(v)));
      return sorted.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Payload::canonical).toList().toString();
    }
    return String.valueOf(value);
  }

  public static String text(Map<String, Object> values, String name) {
    return values.get(name) instanceof String s ? s : "";
  }

  /** Of these values those that a rollback sends. */
  public Map<String, Object> rollbackValues(Map<String, Object> values) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (String name : back()) {
      Object value = values.get(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }
}
