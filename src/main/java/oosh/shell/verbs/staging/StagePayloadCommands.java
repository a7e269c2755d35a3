package oosh.shell.verbs.staging;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import oosh.rollout.Problem;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.complete.FileCompleter;
import oosh.shell.oneline.StagedChange;
import oosh.view.PayloadView;
import oosh.view.json.JsonInput;

/**
 * {@code stage image}, {@code package}, {@code file}, {@code object}, {@code container}: what the
 * public templates take to the instances beside a script, in words instead of parameters.
 */
public final class StagePayloadCommands {
  /** More than any container's configuration is; ESS takes less (assumed). */
  private static final int CONFIGURATION = 64 * 1024;

  private StagePayloadCommands() {}

  /** Reads the template's parameters from a line: those of the launch, and of its rollback. */
  private interface ParameterReader {
    void read(
        Session session, CommandInput in, Map<String, Object> values, Map<String, Object> back)
        throws InterruptedException;
  }

  private static StagedChange.Reader staging(Payload payload, ParameterReader parameters) {
    return (session, in) -> {
      Map<String, Object> values = new LinkedHashMap<>();
      Map<String, Object> back = new LinkedHashMap<>();
      parameters.read(session, in, values, back);
      return StagedChange.of(
          s -> s.withPayload(payload, values, back),
          () ->
              "staged "
                  + payload.word()
                  + ": "
                  + PayloadView.both(payload, values, back)
                  + hint(session, m -> m.declares(payload.main()), takes(payload)));
    };
  }

  public static Verb image() {
    String next = "stage image m-bp1new";
    return Verb.of("stage image", Verb.HelpSection.STAGE, "the image of the new system disks")
        .example(next + " --back-to m-bp1old", next + " --configuration asc-bp1web")
        .argument("ID", CatalogueCompleter.IMAGES)
        .flag("back-to", 'b', "ID", "the image that a rollback takes")
        .values("back-to", CatalogueCompleter.IMAGES)
        .flag("configuration", 'c', "ASC-ID", "the scaling configuration that gets the image too")
        .values("configuration", CatalogueCompleter.CONFIGURATIONS)
        .stages(
            staging(
                Payload.IMAGE,
                (session, in, values, back) -> {
                  values.put("imageId", id(in.need(0), "an image's id", next));
                  configuration(in, values, next);
                  if (in.has("back-to")) {
                    back.put("sourceImageId", id(in.option("back-to", ""), "an image's id", next));
                  }
                }));
  }

  public static Verb installing() {
    String next = "stage package nginx";
    return Verb.of("stage package", Verb.HelpSection.STAGE, "the package to install or uninstall")
        .example(next, next + " 1.26 --back-to 1.24", next + " --uninstall")
        .argument("NAME", CatalogueCompleter.PACKAGES)
        .optional("VERSION", CatalogueCompleter.VERSIONS)
        .flag("back-to", 'b', "VERSION", "the version that a rollback installs")
        .values("back-to", CatalogueCompleter.VERSIONS)
        .flag("uninstall", 'u', null, "uninstall it instead")
        .stages(
            staging(
                Payload.PACKAGE,
                (session, in, values, back) -> {
                  String name = id(in.need(0), "a package's name", next);
                  values.put("action", in.has("uninstall") ? "uninstall" : "install");
                  values.put("packageName", name);
                  // An empty version is the newest; it replaces a version that was staged before.
                  values.put(
                      "packageVersion",
                      in.argument(1).map(v -> id(v, "a version", next + " 1.26")).orElse(""));
                  if (in.has("back-to")) {
                    back.put("packageName", name);
                    back.put(
                        "packageVersion",
                        id(in.option("back-to", ""), "a version", next + " 1.26 --back-to 1.24"));
                    back.put("action", "install");
                  }
                }));
  }

  public static Verb file() {
    return fetched(
        Payload.FILE,
        "the file that every instance fetches",
        "URL",
        "stage file https://example.com/app.tar.gz /opt/app",
        "https://example.com/old.tar.gz",
        (typed, prefix, next, values) -> values.put(prefix + "SourcePath", address(typed, next)));
  }

  public static Verb object() {
    return fetched(
        Payload.OBJECT,
        "the object of OSS that instances fetch",
        "BUCKET/KEY",
        "stage object releases/app-2.tar.gz /opt/app",
        "releases/app-1.tar.gz",
        StagePayloadCommands::object);
  }

  /** Reads what is fetched into the parameters that begin with {@code prefix}. */
  private interface SourceReader {
    void read(String typed, String prefix, String next, Map<String, Object> values);
  }

  /**
   * @param word the argument's name
   * @param next a line that can be typed
   * @param old what a rollback fetches after that line
   */
  private static Verb fetched(
      Payload payload, String sentence, String word, String next, String old, SourceReader source) {
    return Verb.of("stage " + payload.word(), Verb.HelpSection.STAGE, sentence)
        .example(next, next + " --back-to " + old)
        .argument(word, WordCompleter.NOTHING)
        .argument("DIR", WordCompleter.NOTHING)
        .flag("back-to", 'b', word, "the " + payload.word() + " that a rollback fetches")
        .flag("back-dir", "DIR", "where to; by default the same folder")
        .stages(
            staging(
                payload,
                (session, in, values, back) -> {
                  source.read(in.need(0), "invoke", next, values);
                  values.put("invokeDestinationDir", folder(in.need(1), next));
                  if (in.has("back-to")) {
                    source.read(in.option("back-to", ""), "rollback", next, back);
                    back.put(
                        "rollbackDestinationDir", folder(in.option("back-dir", in.need(1)), next));
                  } else if (in.has("back-dir")) {
                    throw Problem.usage(
                        "--back-dir says where --back-to goes",
                        "there is no --back-to",
                        next + " --back-to …");
                  }
                }));
  }

  public static Verb container() {
    String next = "stage container web.json --configuration asc-bp1eci";
    return Verb.of("stage container", Verb.HelpSection.STAGE, "the containers' new configuration")
        .example(next, next + " --back-to old.json")
        .argument("JSON-FILE", FileCompleter.ANY)
        .flag("back-to", 'b', "JSON-FILE", "the configuration that a rollback takes")
        .values("back-to", FileCompleter.ANY)
        .flag("configuration", 'c', "ID", "the scaling configuration that gets it too")
        .values("configuration", CatalogueCompleter.CONFIGURATIONS)
        .stages(
            staging(
                Payload.CONTAINER,
                (session, in, values, back) -> {
                  values.put("containerConfigure", json(session, in.need(0)));
                  configuration(in, values, next);
                  if (in.has("back-to")) {
                    back.put("sourceContainerConfigure", json(session, in.option("back-to", "")));
                  }
                }));
  }

  private static UpdateMethod takes(Payload payload) {
    return UpdateMethod.KNOWN.stream()
        .filter(m -> m.payload().filter(payload::equals).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no method takes " + payload));
  }

  /** That the method in use cannot do it, and which one can. */
  static String hint(Session session, Predicate<UpdateMethod> can, UpdateMethod other) {
    return can.test(session.context().method()) ? "" : "; that takes use method " + other.word();
  }

  private static void configuration(CommandInput in, Map<String, Object> values, String next) {
    String configuration = in.option("configuration");
    if (configuration != null) {
      values.put("scalingConfigurationId", id(configuration, "a scaling configuration's id", next));
    }
  }

  private static String id(String typed, String what, String next) {
    if (!typed.matches("[A-Za-z0-9][A-Za-z0-9._+~:@/-]{0,127}")) {
      throw Problem.usage(
          "\"" + typed + "\" is not " + what,
          "it has 1 to 128 letters, digits, dots, hyphens and the like",
          next);
    }
    return typed;
  }

  /** An address may be signed: it is shown without what signs it, also where it is refused. */
  private static String address(String typed, String next) {
    if (!typed.matches("https?://[^\\s/?#]+/[^\\s]*") || typed.length() > 4096) {
      String shown = PayloadView.address(typed);
      throw Problem.usage(
          "cannot stage that file",
          "\"" + shown + "\" is not an address that begins with https:// or http://",
          next);
    }
    return typed;
  }

  private static String folder(String typed, String next) {
    if (typed.isBlank()
        || typed.length() > 1024
        || typed.chars().anyMatch(Character::isISOControl)) {
      throw Problem.usage(
          "\"" + typed + "\" is not a valid folder on an instance", "it is empty or no path", next);
    }
    return typed;
  }

  private static void object(String typed, String prefix, String next, Map<String, Object> values) {
    String path = typed.startsWith("oss://") ? typed.substring("oss://".length()) : typed;
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    // Source: OSS help, "Bucket naming": 3 to 63 small letters, digits and hyphens.
    if (!bucket.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
        || slash < 0
        || slash == path.length() - 1
        || path.chars().anyMatch(Character::isISOControl)) {
      throw Problem.usage(
          "\"" + typed + "\" is not a valid object of OSS",
          "it is a bucket's name, a slash, and the object's key",
          next);
    }
    values.put(prefix + "BucketName", bucket);
    values.put(prefix + "ObjectName", path.substring(slash + 1));
  }

  private static Object json(Session session, String name) throws InterruptedException {
    byte[] content = StagedFileReader.bytes(session, "container", name);
    if (content.length > CONFIGURATION) {
      throw Problem.refused(
          "cannot stage " + name,
          "it is over " + CONFIGURATION + " bytes, more than a container's configuration is",
          "stage container JSON-FILE");
    }
    Object parsed = JsonInput.of(name, new String(content, StandardCharsets.UTF_8));
    if (!(parsed instanceof Map<?, ?> m && !m.isEmpty())
        && !(parsed instanceof List<?> l && !l.isEmpty())) {
      throw Problem.usage(
          "cannot stage " + name,
          "it is JSON, but not an object or list with content",
          "stage container JSON-FILE --configuration ID");
    }
    return parsed;
  }
}
