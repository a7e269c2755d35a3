package oosh.view.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;

/*
 * {"ooshPlan": 1, "saved": "2026-11-30T08:00:00Z", "profile": "production", "region": "cn-hangzhou",
 *  "group": "asg-bp1web", "method": "run-script",
 *  "staged": {"script": {"name": "deploy.sh", "sha256": "3f9a1c…", "text": "#!/bin/sh\n…"}, …},
 *  "files": {"script": "deploy.sh"},
 *  "facts": {"instance i-bp1a": "InService", "parameter batchNumber": "3", …},
 *  "sha256": "9be001…"}
 */
/**
 * A plan in a file: what is needed to make it again, and what it was made of. Nobody runs the file
 * itself: the plan is made again of {@code staged}, and of the services as they are then, and is
 * held against {@code facts}.
 *
 * @param context the method is the chosen one
 * @param staged the scripts' texts included
 * @param files where scripts were read, by the names that {@code unstage} takes
 * @param facts as {@link PlanFacts} names them
 * @param need how many others must approve it; 0 where it needs nobody
 */
public record SavedPlan(
    Instant saved,
    Context context,
    UpdateSpec staged,
    Map<String, String> files,
    Map<String, String> facts,
    int need) {
  /** Changes when a file that this oosh writes would mean something else to an older one. */
  private static final int VERSION = 1;

  /** Of a plan that needs approvals, which an oosh of version 1 would start without them. */
  private static final int WITH_APPROVALS = 2;

  private static final String FORMAT = "ooshPlan";
  private static final String DIGEST = "sha256";
  private static final String NEED = "need";

  /** A plan that needs no approval. */
  public SavedPlan(
      Instant saved,
      Context context,
      UpdateSpec staged,
      Map<String, String> files,
      Map<String, String> facts) {
    this(saved, context, staged, files, facts, 0);
  }

  /** The document. */
  public String text() {
    JsonObject json = new JsonObject();
    json.addProperty(FORMAT, need == 0 ? VERSION : WITH_APPROVALS);
    if (need > 0) {
      json.addProperty(NEED, need);
    }
    json.addProperty("saved", saved.toString());
    json.addProperty("profile", context.profile());
    json.addProperty("region", context.region());
    json.addProperty("group", context.needGroup());
    json.addProperty("method", context.method().word());
    json.add("staged", UpdateSpecJson.of(staged));
    json.add("files", JsonOutput.tree(files));
    json.add("facts", JsonOutput.tree(facts));
    json.addProperty(DIGEST, digest(json));
    return JsonOutput.document(json);
  }

  /** The hash that a document says of its content, which {@link #of} has found to be true. */
  public static String sha256(String text) {
    try {
      return StrictJson.read(text) instanceof JsonObject json
          ? String.valueOf(StrictJson.values(json).get(DIGEST))
          : "";
    } catch (StrictJson.InvalidJsonException e) {
      return "";
    }
  }

  /** Of the content, however it is laid out. */
  private static String digest(JsonObject json) {
    JsonObject content = json.deepCopy();
    content.remove(DIGEST);
    return Script.ofText("", JsonOutput.line(content)).sha256();
  }

  /**
   * The plan in a document.
   *
   * @param name of the file
   * @throws Problem REFUSED if {@link #text} of this version has not written it
   */
  public static SavedPlan of(String name, String text) {
    JsonObject json;
    try {
      JsonElement read = StrictJson.read(text);
      if (!(read instanceof JsonObject object) || !object.has(FORMAT)) {
        throw refused(name, "plan --save has not written it");
      }
      json = object;
    } catch (StrictJson.InvalidJsonException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
    String version = String.valueOf(StrictJson.value(json.get(FORMAT)));
    boolean approvals = version.equals(String.valueOf(WITH_APPROVALS));
    if (!approvals && !version.equals(String.valueOf(VERSION))) {
      throw refused(
          name,
          "it is a plan of version "
              + version
              + ", and this oosh reads versions "
              + VERSION
              + " and "
              + WITH_APPROVALS);
    }
    if (!digest(json).equals(String.valueOf(StrictJson.values(json).get(DIGEST)))) {
      throw refused(name, "it was changed since plan --save wrote it");
    }
    try {
      WrittenFields fields = WrittenFields.of(json);
      return new SavedPlan(
          Instant.parse(fields.need("saved")),
          new Context(
              fields.need("profile"),
              fields.need("region"),
              fields.need("group"),
              UpdateMethod.of(fields.need("method")).orElseThrow()),
          UpdateSpecJson.spec(fields.of("staged")),
          fields.of("files").words(),
          fields.of("facts").words(),
          approvals ? fields.positive(NEED) : 0);
    } catch (RuntimeException unwritten) {
      throw refused(name, "it holds a value that plan --save does not write");
    }
  }

  private static Problem refused(String name, String why) {
    return Problem.refused(
        "cannot use " + name + " as a plan", why, "plan --save FILE, then launch --plan FILE");
  }
}
