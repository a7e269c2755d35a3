package oosh.shell.oneline;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.Session;

/**
 * What a line changes of the next launch.
 *
 * @param change of the staged update, or of the method in the session's context
 * @param sentence the answer of a verb that does it. It is not asked for where an option does it,
 *     and may read the group; it is made before the change.
 */
public record StagedChange(Consumer<Session> change, Supplier<String> sentence) {
  /** Makes the change of a verb's words. */
  public interface Reader {
    /**
     * @throws oosh.rollout.Problem for words that it does not take
     */
    StagedChange read(Session session, CommandInput in) throws InterruptedException;
  }

  /** A change of the staged update. */
  public static StagedChange of(UnaryOperator<UpdateSpec> change, Supplier<String> sentence) {
    return new StagedChange(session -> session.stage(change.apply(session.staging())), sentence);
  }
}
