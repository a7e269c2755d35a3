package oosh.view.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;

/*
 * {"ooshRollout": 1, "name": "web.yaml", "method": "run-script",
 *  "staged": {"script": {"name": "deploy.sh", "sha256": "3f9a1c…", "text": "#!/bin/sh\n…"}, …},
 *  "maxFailures": 0,
 *  "waves": [{"region": "cn-hangzhou", "groups": ["asg-bp1db"], "atOnce": 1, "bakeSeconds": 600,
 *             "hours": "Mon-Fri 09:00-17:00 Asia/Shanghai"}, …]}
 */
/**
 * What a rollout file says as the journal keeps it, the scripts' texts included: any machine that
 * has the journal can go on with the rollout.
 */
public final class RolloutFileJson {
  /** Changes when a text that this oosh writes would mean something else to an older one. */
  private static final int VERSION = 1;

  private static final String FORMAT = "ooshRollout";
  private static final List<String> FIELDS =
      List.of(FORMAT, "name", "method", "staged", "maxFailures", "waves");
  private static final List<String> WAVE_FIELDS =
      List.of("region", "groups", "pattern", "tag", "atOnce", "bakeSeconds", "hours");

  private RolloutFileJson() {}

  /** On one line. */
  public static String text(RolloutFile file) {
    JsonObject json = new JsonObject();
    json.addProperty(FORMAT, VERSION);
    json.addProperty("name", file.name());
    json.addProperty("method", file.method().word());
    json.add("staged", UpdateSpecJson.of(file.spec()));
    json.addProperty("maxFailures", file.maxFailures());
    json.add("waves", JsonOutput.array(file.waves(), RolloutFileJson::wave));
    return JsonOutput.line(json);
  }

  private static JsonElement wave(Wave wave) {
    JsonObject json = new JsonObject();
    json.addProperty("region", wave.region());
    GroupSelector groups = wave.groups();
    if (groups instanceof GroupSelector.Named named) {
      json.add("groups", JsonOutput.tree(named.groups()));
    } else if (groups instanceof GroupSelector.Matching matching) {
      json.addProperty("pattern", matching.pattern());
    } else {
      json.add("tag", JsonOutput.tree(groups));
    }
    json.addProperty("atOnce", wave.atOnce());
    json.addProperty("bakeSeconds", wave.bake().toSeconds());
    WaveHours hours = wave.hours();
    JsonOutput.put(json, "hours", hours == null ? "" : hours.text());
    return json;
  }

  /**
   * What {@link #text} wrote.
   *
   * @param id of the rollout, for the message
   * @throws Problem REFUSED if it did not, or a newer oosh did
   */
  public static RolloutFile of(String id, String text) {
    WrittenFields fields;
    try {
      fields =
          StrictJson.read(text) instanceof JsonObject json
              ? WrittenFields.of(json)
              : new WrittenFields(Map.of());
    } catch (StrictJson.InvalidJsonException e) {
      throw refused(id, "what the journal keeps of it cannot be read: " + e.getMessage());
    }
    Object version = fields.values().get(FORMAT);
    if (version instanceof Long number && number > VERSION) {
      throw refused(id, "a newer oosh has written it");
    }
    try {
      fields.requireOnly(FIELDS);
      if (fields.positive(FORMAT) != VERSION) {
        throw new IllegalArgumentException(FORMAT);
      }
      List<Wave> waves = new ArrayList<>();
      for (WrittenFields wave : fields.all("waves")) {
        waves.add(wave(waves.size() + 1, wave));
      }
      return new RolloutFile(
          fields.need("name"),
          UpdateMethod.of(fields.need("method")).orElseThrow(),
          UpdateSpecJson.spec(fields.of("staged")),
          fields.natural("maxFailures"),
          waves);
    } catch (RuntimeException unwritten) {
      throw refused(id, "what the journal keeps of it is not what oosh has written");
    }
  }

  private static Wave wave(int number, WrittenFields wave) {
    wave.requireOnly(WAVE_FIELDS);
    return new Wave(
        number,
        wave.need("region"),
        groups(wave),
        wave.positive("atOnce"),
        Duration.ofSeconds(wave.natural("bakeSeconds")),
        wave.some("hours").map(WaveHours::of).orElse(null));
  }

  private static GroupSelector groups(WrittenFields wave) {
    if (wave.values().containsKey("groups")) {
      return new GroupSelector.Named(wave.texts("groups"));
    }
    if (wave.values().containsKey("pattern")) {
      return new GroupSelector.Matching(wave.need("pattern"));
    }
    WrittenFields tag = wave.of("tag");
    tag.requireOnly(List.of("key", "value"));
    return new GroupSelector.Tagged(tag.need("key"), tag.need("value"));
  }

  private static Problem refused(String id, String why) {
    return Problem.refused("cannot go on with the rollout " + id, why, "watch " + id + " shows it");
  }
}
