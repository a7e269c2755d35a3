package oosh.journal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.json.StrictJson;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;

/*
 * {"taken":"2026-11-25T12:00:00Z","suspended":["ScaleIn"],"states":{"InService":["i-a","i-b"]}}
 * {"at":"2026-11-25T12:09:00Z","remedy":"RETURN","subjects":["i-c"],"outcome":"DONE","why":"",
 *  "user":"ann","host":"bastion"}
 * {…,"remedy":"IMAGE","subjects":["asc-a"],"from":"m-new","to":"m-old","outcome":"DONE",…}
 */
/** How a group was, and how it was put back, as the journal keeps them: a JSON object on a line. */
public final class GroupStateCodec {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private GroupStateCodec() {}

  static String of(GroupSnapshot snapshot) {
    // By state: thousands of instances share a word.
    Map<String, List<String>> states = new LinkedHashMap<>();
    snapshot.states().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> states.computeIfAbsent(e.getValue(), s -> new ArrayList<>()).add(e.getKey()));
    JsonObject json = new JsonObject();
    json.addProperty("taken", snapshot.taken().toString());
    json.add(
        "suspended",
        GSON.toJsonTree(snapshot.suspended().stream().sorted().map(ScalingProcess::word).toList()));
    json.add("states", GSON.toJsonTree(states));
    return GSON.toJson(json);
  }

  /**
   * @throws IllegalStateException if it is not what {@link #of(GroupSnapshot)} wrote
   */
  public static GroupSnapshot snapshot(String text) {
    try {
      JsonObject json = StrictJson.read(text).getAsJsonObject();
      Map<String, String> states = new LinkedHashMap<>();
      json.getAsJsonObject("states")
          .entrySet()
          .forEach(
              e -> texts(e.getValue().getAsJsonArray()).forEach(i -> states.put(i, e.getKey())));
      return new GroupSnapshot(
          Instant.parse(json.get("taken").getAsString()),
          texts(json.getAsJsonArray("suspended")).stream()
              .map(ScalingProcess::of)
              .flatMap(Optional::stream)
              .collect(Collectors.toSet()),
          states);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | DateTimeException odd) {
      throw new IllegalStateException("none that oosh wrote", odd);
    }
  }

  static String of(HealStepRecord step) {
    JsonObject json = new JsonObject();
    json.addProperty("at", step.at().toString());
    json.addProperty("remedy", step.remedy().kind().name());
    json.add("subjects", GSON.toJsonTree(step.remedy().subjects()));
    if (!step.remedy().from().isEmpty()) {
      json.addProperty("from", step.remedy().from());
      json.addProperty("to", step.remedy().to());
    }
    json.addProperty("outcome", step.outcome().name());
    json.addProperty("why", step.why());
    json.addProperty("user", step.author().user());
    json.addProperty("host", step.author().host());
    return GSON.toJson(json);
  }

  /**
   * @throws IllegalStateException if it is not what {@link #of(HealStepRecord)} wrote
   */
  public static HealStepRecord healed(String executionId, String line) {
    try {
      JsonObject json = StrictJson.read(line).getAsJsonObject();
      return new HealStepRecord(
          Instant.parse(json.get("at").getAsString()),
          new HealStep(
              HealStep.Kind.valueOf(json.get("remedy").getAsString()),
              executionId,
              texts(json.getAsJsonArray("subjects")),
              json.has("from") ? json.get("from").getAsString() : "",
              json.has("to") ? json.get("to").getAsString() : ""),
          new Initiator(json.get("user").getAsString(), json.get("host").getAsString(), 0),
          HealStepRecord.HealStepResult.valueOf(json.get("outcome").getAsString()),
          json.get("why").getAsString());
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | ClassCastException
        | DateTimeException odd) {
      throw new IllegalStateException("none that oosh wrote", odd);
    }
  }

  private static List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.getAsString()));
    return texts;
  }
}
