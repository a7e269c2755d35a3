package oosh.view.json;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import oosh.rollout.OnFailure;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Gates;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/** What an update is told, with the texts of its scripts: for a saved plan and for a rollout. */
final class UpdateSpecJson {
  private static final List<String> FIELDS =
      List.of(
          "script",
          "type",
          "rollback",
          "batch",
          "pause",
          "onFailure",
          "role",
          "suspend",
          "parameters",
          "rollbackParameters",
          "strategy",
          "gates");

  private UpdateSpecJson() {}

  /** With the texts of the scripts. */
  static JsonObject of(UpdateSpec spec) {
    JsonObject json = new JsonObject();
    put(json, "script", spec.script());
    json.addProperty("type", spec.commandType().option());
    put(json, "rollback", spec.rollbackScript());
    BatchSizing batches = spec.batches();
    if (batches != null) {
      json.addProperty("batch", batches.unit() + " " + batches.value());
    }
    BatchPause pause = spec.pause();
    JsonOutput.put(json, "pause", pause == null ? "" : pause.option());
    OnFailure mode = spec.onFailure();
    JsonOutput.put(json, "onFailure", mode == null ? "" : mode.option());
    JsonOutput.put(json, "role", spec.role());
    ProcessSuspension suspension = spec.suspension();
    JsonOutput.put(json, "suspend", suspension == null ? "" : suspension.text());
    JsonOutput.put(json, "parameters", spec.extraParameters());
    JsonOutput.put(json, "rollbackParameters", spec.rollbackValues());
    JsonOutput.put(json, "strategy", spec.strategy().text());
    JsonOutput.put(json, "gates", spec.gates().text());
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable Script script) {
    if (script != null) {
      JsonObject fields = JsonOutput.tree(script).getAsJsonObject();
      fields.addProperty("text", script.text());
      json.add(name, fields);
    }
  }

  /**
   * What {@link #of} wrote.
   *
   * @throws RuntimeException if it did not
   */
  static UpdateSpec spec(WrittenFields fields) {
    fields.requireOnly(FIELDS);
    String[] batch = fields.text("batch").split(" ", 2);
    UpdateSpec spec =
        UpdateSpec.EMPTY
            .withScript(
                script(fields.of("script")), CommandType.of(fields.need("type")).orElseThrow())
            .withRollbackScript(script(fields.of("rollback")))
            .withRole(fields.text("role"))
            .withExtraParameters(fields.of("parameters").values())
            .withRollbackValues(fields.of("rollbackParameters").values())
            .withStrategy(RolloutStrategy.of(fields.text("strategy")))
            .withGates(Gates.of(fields.text("gates")));
    if (batch.length == 2) {
      spec =
          spec.withBatches(
              new BatchSizing(BatchSizing.Unit.valueOf(batch[0]), Integer.parseInt(batch[1])));
    }
    return spec.withPause(
            fields.some("pause").map(p -> BatchPause.of(p).orElseThrow()).orElse(null))
        .withOnFailure(
            fields.some("onFailure").map(f -> OnFailure.of(f).orElseThrow()).orElse(null))
        .withSuspension(fields.some("suspend").map(ProcessSuspension::of).orElse(null));
  }

  private static @Nullable Script script(WrittenFields fields) {
    fields.requireOnly(List.of("name", "sha256", "bytes", "text"));
    return fields.values().isEmpty()
        ? null
        : Script.of(fields.need("name"), fields.need("text").getBytes(StandardCharsets.UTF_8));
  }
}
