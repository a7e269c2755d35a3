package oosh.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import org.jspecify.annotations.Nullable;

/*
 * {"taken":"2026-11-25T12:00:00Z","suspended":["ScaleIn"],"states":{"InService":["i-a","i-b"]}}
 * {"at":"2026-11-25T12:09:00Z","remedy":"RETURN","subjects":["i-c"],"outcome":"DONE","why":"",
 *  "user":"ann","host":"bastion"}
 * {…,"remedy":"IMAGE","subjects":["asc-a"],"from":"m-new","to":"m-old","outcome":"DONE",…}
 */
/** Group snapshots and heal steps as the journal keeps them: a JSON object on a line. */
public final class GroupStateCodec {
  private GroupStateCodec() {}

  /** The instances are listed by state, because thousands of them share a state. */
  private record StoredSnapshot(
      Instant taken,
      List<String> suspended,
      Map<String, List<String>> states,
      @Nullable List<String> unhealthy,
      @Nullable List<String> targets) {}

  private record StoredHealStep(
      Instant at,
      String remedy,
      List<String> subjects,
      @Nullable String from,
      @Nullable String to,
      String outcome,
      String why,
      String user,
      String host) {}

  static String text(GroupSnapshot snapshot) {
    Map<String, List<String>> states =
        snapshot.states().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    // A map, not the record: reflection on a record takes 10 ms of a process's first launch.
    Map<String, Object> stored = new LinkedHashMap<>();
    stored.put("taken", snapshot.taken());
    stored.put(
        "suspended", snapshot.suspended().stream().sorted().map(ScalingProcess::word).toList());
    stored.put("states", states);
    if (!snapshot.unhealthy().isEmpty()) {
      stored.put("unhealthy", snapshot.unhealthy());
    }
    if (!snapshot.targets().isEmpty()) {
      stored.put("targets", snapshot.targets());
    }
    return Json.GSON.toJson(stored);
  }

  /**
   * @throws RuntimeException if the text is not from {@link #text(GroupSnapshot)}
   */
  public static GroupSnapshot snapshot(String text) {
    StoredSnapshot stored = Json.GSON.fromJson(text, StoredSnapshot.class);
    return new GroupSnapshot(
        stored.taken(),
        stored.suspended().stream()
            .map(ScalingProcess::of)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()),
        stored.states().entrySet().stream()
            .flatMap(s -> s.getValue().stream().map(instance -> Map.entry(instance, s.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        Optional.ofNullable(stored.unhealthy()).orElse(List.of()),
        Optional.ofNullable(stored.targets()).orElse(List.of()));
  }

  static String text(HealStepRecord done) {
    HealStep step = done.step();
    boolean isChange = !step.from().isEmpty();
    return Json.GSON.toJson(
        new StoredHealStep(
            done.at(),
            step.kind().name(),
            step.subjects(),
            isChange ? step.from() : null,
            isChange ? step.to() : null,
            done.outcome().name(),
            done.why(),
            done.author().user(),
            done.author().host()));
  }

  /**
   * @throws RuntimeException if the line is not from {@link #text(HealStepRecord)}
   */
  public static HealStepRecord healStep(String executionId, String line) {
    StoredHealStep stored = Json.GSON.fromJson(line, StoredHealStep.class);
    String from = stored.from();
    String to = stored.to();
    return new HealStepRecord(
        stored.at(),
        new HealStep(
            HealStep.Kind.valueOf(stored.remedy()),
            executionId,
            stored.subjects(),
            from == null ? "" : from,
            to == null ? "" : to),
        new Initiator(stored.user(), stored.host(), 0),
        HealStepRecord.HealStepResult.valueOf(stored.outcome()),
        stored.why());
  }
}
