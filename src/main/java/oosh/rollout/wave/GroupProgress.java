package oosh.rollout.wave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group of a rollout and what became of it, as the journal has it.
 *
 * @param launch its newest start, of those that may have reached OOS if there are any; null before
 *     one was meant
 * @param back the start of its rollback, whoever meant it; null before one was meant
 * @param undone whether OOS rolled the launch back in itself
 * @param leftOut why it is not launched on, as a person said; "" if it is
 * @param since the newest launch on the group behind the rollout's, whoever started it; null if
 *     there is none
 * @param earlier its launches before that, which failed, the oldest first
 * @param source the execution that is to be rolled back next: the newest that is not yet; null if
 *     there is none
 * @param lastToken of its newest start, whatever became of that; "" before one was meant
 */
public record GroupProgress(
    GroupOfWave group,
    @Nullable GroupStart launch,
    @Nullable GroupStart back,
    boolean undone,
    String leftOut,
    @Nullable String since,
    List<GroupStart> earlier,
    @Nullable String source,
    String lastToken) {
  public GroupProgress {
    earlier = List.copyOf(earlier);
  }

  /** With one launch, and nothing on the group since. */
  public GroupProgress(
      GroupOfWave group,
      @Nullable GroupStart launch,
      @Nullable GroupStart back,
      boolean undone,
      String leftOut) {
    this(
        group,
        launch,
        back,
        undone,
        leftOut,
        null,
        List.of(),
        launch == null ? null : launch.executionId(),
        launch == null ? "" : launch.token());
  }

  /** Why a group is left out whose launch has ended before its first instance. */
  public static final String UNTOUCHED = "its launch touched no instance";

  /** Where a group is. */
  public enum Phase {
    /** Nothing was started on it, or its start was refused. */
    TO_START,
    /** It is not launched on, or not again: a person said so, or its launch touched nothing. */
    LEFT_OUT,
    /** A start, or a start of a rollback, was not answered. */
    UNANSWERED,
    RUNNING,
    /** Its execution waits: for a person, between batches or at a failure. */
    WAITING,
    SUCCESS,
    FAILED,
    GOING_BACK,
    ROLLED_BACK,
    /** Its rollback failed. */
    ROLLBACK_FAILED
  }

  public Phase phase() {
    if (back != null && !back.never()) {
      return ofBack(back);
    }
    if (undone) {
      return Phase.ROLLED_BACK;
    }
    if (launch == null || launch.never()) {
      return leftOut.isEmpty() ? Phase.TO_START : Phase.LEFT_OUT;
    }
    if (launch.executionId() == null) {
      return Phase.UNANSWERED;
    }
    if (launch.unended()) {
      return launch.isWaiting() ? Phase.WAITING : Phase.RUNNING;
    }
    if (launch.isSuccess()) {
      return Phase.SUCCESS;
    }
    return leftOut.isEmpty() ? Phase.FAILED : Phase.LEFT_OUT;
  }

  private static Phase ofBack(GroupStart back) {
    if (back.executionId() == null) {
      return Phase.UNANSWERED;
    }
    if (back.unended()) {
      return Phase.GOING_BACK;
    }
    return back.isSuccess() ? Phase.ROLLED_BACK : Phase.ROLLBACK_FAILED;
  }

  /** As if it were still to be started, or to be rolled back, if that failed. */
  GroupProgress again() {
    if (phase() == Phase.ROLLBACK_FAILED) {
      return new GroupProgress(
          group, launch, null, undone, leftOut, since, earlier, source, lastToken);
    }
    return launch == null || !isFailed()
        ? this
        : new GroupProgress(
            group, launch.asNever(), null, false, leftOut, since, earlier, source, lastToken);
  }

  /**
   * Whether its launch failed, whatever became of it since, and nobody has left it out. What ran
   * well and was rolled back by itself did not fail.
   */
  public boolean isFailed() {
    return leftOut.isEmpty()
        && switch (phase()) {
          case FAILED, ROLLBACK_FAILED -> true;
          case ROLLED_BACK -> undone || launch == null || !launch.isSuccess();
          default -> false;
        };
  }

  /** Whether an execution was started on it that may have touched an instance. */
  public boolean isTouched() {
    return launch != null && launch.executionId() != null && !leftOut.equals(UNTOUCHED);
  }

  /** The token of its newest start; "" before one was meant. */
  public String token(boolean ofBack) {
    return !ofBack ? lastToken : back == null ? "" : back.token();
  }

  /** Its launches that have an execution, the oldest first. */
  public List<GroupStart> launches() {
    List<GroupStart> all = new ArrayList<>(earlier);
    if (launch != null && launch.executionId() != null) {
      all.add(launch);
    }
    return all;
  }

  /** The execution that says where it is; null before there is one. */
  public @Nullable String executionId() {
    GroupStart newest = back != null && back.executionId() != null ? back : launch;
    return newest == null ? null : newest.executionId();
  }
}
