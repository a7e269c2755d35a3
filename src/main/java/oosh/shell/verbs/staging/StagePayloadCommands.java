package oosh.shell.verbs.staging;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import oosh.rollout.Problem;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.complete.FileCompleter;
import oosh.view.PayloadView;
import oosh.view.json.JsonInput;
import org.jspecify.annotations.Nullable;

/**
 * {@code stage image}, {@code package}, {@code file}, {@code object}, {@code container}: what the
 * public templates take to the instances beside a script, in words instead of parameters.
 */
public final class StagePayloadCommands {
  /** More than any container's configuration is; ESS takes less (assumed). */
  private static final int CONFIGURATION = 64 * 1024;

  /** Nobody lists what a bucket holds for Tab. */
  static final WordCompleter OBJECTS = WordCompleter.NOTHING;

  private StagePayloadCommands() {}

  public static Verb image() {
    return Verb.of("stage image", Verb.HelpSection.STAGE, "the image of the new system disks")
        .example(
            "stage image m-bp1new --back-to m-bp1old",
            "stage image m-bp1new --configuration asc-bp1web")
        .argument("ID", CatalogueCompleter.IMAGES)
        .flag("back-to", 'b', "ID", "the image that a rollback takes")
        .values("back-to", CatalogueCompleter.IMAGES)
        .flag("configuration", 'c', "ASC-ID", "the scaling configuration that gets the image too")
        .values("configuration", CatalogueCompleter.CONFIGURATIONS)
        .does(
            (session, in) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("imageId", id(in.need(0), "an image's id", "stage image m-bp1new"));
              configuration(in, values, "stage image m-bp1new --configuration asc-bp1web");
              Map<String, Object> back = new LinkedHashMap<>();
              String to = in.option("back-to");
              if (to != null) {
                back.put(
                    "sourceImageId",
                    id(to, "an image's id", "stage image m-bp1new --back-to m-bp1old"));
              }
              return staged(session, in, Payload.IMAGE, values, back);
            });
  }

  public static Verb installing() {
    return Verb.of("stage package", Verb.HelpSection.STAGE, "the package to install or uninstall")
        .example(
            "stage package nginx",
            "stage package nginx 1.26 --back-to 1.24",
            "stage package nginx --uninstall")
        .argument("NAME", CatalogueCompleter.PACKAGES)
        .optional("VERSION", CatalogueCompleter.VERSIONS)
        .flag("back-to", 'b', "VERSION", "the version that a rollback installs")
        .values("back-to", CatalogueCompleter.VERSIONS)
        .flag("uninstall", 'u', null, "take it away instead")
        .does(
            (session, in) -> {
              String name = id(in.need(0), "a package's name", "stage package nginx");
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("action", in.has("uninstall") ? "uninstall" : "install");
              values.put("packageName", name);
              // Said also where it is the newest, so that nothing else is taken for said.
              values.put(
                  "packageVersion",
                  in.argument(1)
                      .map(v -> id(v, "a version", "stage package nginx 1.26"))
                      .orElse(""));
              Map<String, Object> back = new LinkedHashMap<>();
              String to = in.option("back-to");
              if (to != null) {
                back.put("packageName", name);
                back.put(
                    "packageVersion",
                    id(to, "a version", "stage package nginx 1.26 --back-to 1.24"));
                back.put("action", "install");
              }
              return staged(session, in, Payload.PACKAGE, values, back);
            });
  }

  public static Verb file() {
    String next = "stage file https://example.com/app.tar.gz /opt/app";
    return Verb.of("stage file", Verb.HelpSection.STAGE, "the file that every instance fetches")
        .example(next, next + " --back-to https://example.com/old.tar.gz")
        .argument("URL", WordCompleter.NOTHING)
        .argument("DIR", WordCompleter.NOTHING)
        .flag("back-to", 'b', "URL", "the file that a rollback fetches")
        .flag("back-dir", "DIR", "where to; the same folder unless said otherwise")
        .does(
            (session, in) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("invokeSourcePath", address(in.need(0), next));
              values.put("invokeDestinationDir", folder(in.need(1), next));
              Map<String, Object> back = new LinkedHashMap<>();
              String to = backTo(in, next);
              if (to != null) {
                back.put("rollbackSourcePath", address(to, next));
                back.put("rollbackDestinationDir", backFolder(in, next));
              }
              return staged(session, in, Payload.FILE, values, back);
            });
  }

  public static Verb object() {
    String next = "stage object releases/app-2.tar.gz /opt/app";
    return Verb.of("stage object", Verb.HelpSection.STAGE, "the object of OSS that instances fetch")
        .example(next, next + " --back-to releases/app-1.tar.gz")
        .argument("BUCKET/KEY", OBJECTS)
        .argument("DIR", WordCompleter.NOTHING)
        .flag("back-to", 'b', "BUCKET/KEY", "the object that a rollback fetches")
        .values("back-to", OBJECTS)
        .flag("back-dir", "DIR", "where to; the same folder unless said otherwise")
        .does(
            (session, in) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              object(in.need(0), values, "invokeBucketName", "invokeObjectName");
              values.put("invokeDestinationDir", folder(in.need(1), next));
              Map<String, Object> back = new LinkedHashMap<>();
              String to = backTo(in, next);
              if (to != null) {
                object(to, back, "rollbackBucketName", "rollbackObjectName");
                back.put("rollbackDestinationDir", backFolder(in, next));
              }
              return staged(session, in, Payload.OBJECT, values, back);
            });
  }

  public static Verb container() {
    return Verb.of("stage container", Verb.HelpSection.STAGE, "the containers' new configuration")
        .example(
            "stage container web.json --configuration asc-bp1eci",
            "stage container web.json --configuration asc-bp1eci --back-to old.json")
        .argument("JSON-FILE", FileCompleter.ANY)
        .flag("back-to", 'b', "JSON-FILE", "the configuration that a rollback takes")
        .values("back-to", FileCompleter.ANY)
        .flag("configuration", 'c', "ID", "the scaling configuration that gets it too")
        .values("configuration", CatalogueCompleter.CONFIGURATIONS)
        .does(
            (session, in) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("containerConfigure", json(session, in.need(0)));
              configuration(in, values, "stage container web.json --configuration asc-bp1eci");
              Map<String, Object> back = new LinkedHashMap<>();
              String to = in.option("back-to");
              if (to != null) {
                back.put("sourceContainerConfigure", json(session, to));
              }
              return staged(session, in, Payload.CONTAINER, values, back);
            });
  }

  private static int staged(
      Session session,
      CommandInput in,
      Payload payload,
      Map<String, Object> values,
      Map<String, Object> back) {
    session.stage(session.staging().withPayload(payload, values, back));
    String goingBack = PayloadView.back(payload, back);
    return Answer.standing(
        session,
        in,
        "staged "
            + payload.word()
            + ": "
            + PayloadView.what(payload, values)
            + (goingBack.isEmpty() ? "" : "; a rollback takes " + goingBack)
            + hint(session, m -> m.declares(payload.main()), takes(payload)));
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

  private static @Nullable String backTo(CommandInput in, String next) {
    String to = in.option("back-to");
    if (to == null && in.has("back-dir")) {
      throw Problem.usage(
          "--back-dir says where --back-to goes", "there is no --back-to", next + " --back-to …");
    }
    return to;
  }

  private static String backFolder(CommandInput in, String next) {
    String folder = in.option("back-dir");
    return folder(folder == null ? in.need(1) : folder, next);
  }

  /** An address may be signed: it is shown without what signs it, also where it is refused. */
  private static String address(String typed, String next) {
    if (!typed.matches("https?://[^\\s/?#]+/[^\\s]*") || typed.length() > 4096) {
      throw Problem.usage(
          "cannot stage that file",
          "\""
              + PayloadView.address(typed)
              + "\" is no address that begins with https:// or http://",
          next);
    }
    return typed;
  }

  private static String folder(String typed, String next) {
    if (typed.isBlank()
        || typed.length() > 1024
        || typed.chars().anyMatch(Character::isISOControl)) {
      throw Problem.usage(
          "\"" + typed + "\" is no folder on an instance", "it is empty or no path", next);
    }
    return typed;
  }

  private static void object(
      String typed, Map<String, Object> values, String bucketName, String objectName) {
    String path = typed.startsWith("oss://") ? typed.substring("oss://".length()) : typed;
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    // Source: OSS help, "Bucket naming": 3 to 63 small letters, digits and hyphens.
    if (!bucket.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
        || slash < 0
        || slash == path.length() - 1
        || path.chars().anyMatch(Character::isISOControl)) {
      throw Problem.usage(
          "\"" + typed + "\" is no object of OSS",
          "it is a bucket's name, a slash, and the object's key",
          "stage object releases/app-2.tar.gz /opt/app");
    }
    values.put(bucketName, bucket);
    values.put(objectName, path.substring(slash + 1));
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
          "it is JSON, but no object or list with something in it",
          "stage container JSON-FILE --configuration ID");
    }
    return parsed;
  }
}
