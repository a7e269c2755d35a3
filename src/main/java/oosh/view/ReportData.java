package oosh.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an execution.
 *
 * @param entry what the journal has of it
 * @param progress as OOS tells it now; empty where it does not any more
 * @param silence why {@code progress} is empty; "" if it is not
 * @param outcomes what became of each instance, as the journal has it; empty beside {@code
 *     progress}
 * @param outputs null where neither OOS nor the journal has them
 * @param rollbacks of it, newest first
 * @param source the source of a rollback; empty if the journal does not know it
 * @param healed the steps of putting back what it left, oldest first
 * @param runs how often the script was begun on an instance
 * @param names that were given to it
 * @param log OOS's own, empty where it does not tell it
 */
public record ReportData(
    String id,
    Optional<JournalEntry> entry,
    Optional<Progress> progress,
    String silence,
    Map<String, ExecutionStatus> outcomes,
    @Nullable StoredOutputs outputs,
    List<JournalEntry> rollbacks,
    Optional<JournalEntry> source,
    List<HealStepRecord> healed,
    Map<String, Integer> runs,
    List<ReleaseTag> names,
    List<LogLine> log) {
  public ReportData {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    rollbacks = List.copyOf(rollbacks);
    healed = List.copyOf(healed);
    runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    names = List.copyOf(names);
    log = List.copyOf(log);
  }
}
