package oosh.shell.screen;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.record.ForgottenExecution;

/** Why the journal answers for an execution and not OOS. */
public final class Silence {
  private Silence() {}

  /**
   * The sentence that says so.
   *
   * @param p what came of asking OOS for the execution
   * @throws Problem p itself where that is no reason to answer from the journal
   */
  public static String of(String executionId, Problem p) {
    boolean unknown = p.kind() == Problem.Kind.REFUSED && p.service() == null;
    return switch (p.kind()) {
      case REFUSED, UNREACHABLE ->
          unknown
              ? ForgottenExecution.sentence(List.of(executionId))
              : "OOS does not answer for it ("
                  + p.why()
                  + ")"
                  + ForgottenExecution.FROM_THE_JOURNAL;
      case DECLINED -> p.why() + ForgottenExecution.FROM_THE_JOURNAL;
      default -> throw p;
    };
  }
}
