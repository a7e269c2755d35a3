package oosh.rollout.record;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.audit.AuditTrail;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.wave.Waves;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a journal that a newer oosh has migrated, while a confirmed rollback is still to be
 * started: it keeps nothing, allows every start, and knows only what was read of the source before.
 */
public record NoJournal(
    String source, @Nullable JournalEntry entry, @Nullable GroupSnapshot groupSnapshot) {
  /** Reads what a rollback of that execution needs of the journal. */
  public static NoJournal knowing(Journal journal, String source) {
    try {
      return new NoJournal(
          source,
          journal.starts().find(source).orElse(null),
          journal.history().snapshotBefore(source).orElse(null));
    } catch (Problem p) {
      // The next read of the journal meets the same problem, and reports it.
      return new NoJournal(source, null, null);
    }
  }

  public Journal journal() {
    StartLog starts = part(StartLog.class, "find", entry);
    History history = part(History.class, "snapshotBefore", groupSnapshot);
    Choices choices = part(Choices.class, "", null);
    Restrictions restrictions = part(Restrictions.class, "", null);
    AuditTrail audit = part(AuditTrail.class, "", null);
    PlanApprovals planApprovals = part(PlanApprovals.class, "", null);
    Waves waves = part(Waves.class, "", null);
    return new Journal() {
      @Override
      public StartLog starts() {
        return starts;
      }

      @Override
      public History history() {
        return history;
      }

      @Override
      public Choices choices() {
        return choices;
      }

      @Override
      public Restrictions restrictions() {
        return restrictions;
      }

      @Override
      public Status status() {
        throw Problem.refused(
            "the journal cannot be used", "a newer oosh has changed it", "start this shell anew");
      }

      @Override
      public PlanApprovals planApprovals() {
        return planApprovals;
      }

      @Override
      public Waves waves() {
        return waves;
      }

      @Override
      public AuditTrail audit() {
        return audit;
      }

      @Override
      public void close() {}
    };
  }

  /** A part of the journal that answers one question about the source, and has nothing else. */
  private <T> T part(Class<T> port, String question, @Nullable Object answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (method.getName().equals(question) && source.equals(arguments[0])) {
                return Optional.ofNullable(answer);
              }
              Class<?> type = method.getReturnType();
              return type == Optional.class
                  ? Optional.empty()
                  : type == List.class
                      ? List.of()
                      : type == Map.class ? Map.of() : type == boolean.class ? true : null;
            }));
  }
}
