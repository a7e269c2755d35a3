package oosh.rollout.wave;

import java.util.List;
import java.util.Optional;
import oosh.rollout.hold.Person;

/**
 * The part of the journal that keeps rollouts over many groups. The starts of their groups are in
 * the journal as all others are; a {@link WaveClaim} ties them to their rollout.
 */
public interface Waves {
  /** Writes the intent of the whole; this process leads it, at turn 1. */
  void intend(WaveRollout rollout);

  Optional<WaveStatus> find(String id);

  /**
   * A rollout as the journal itself has it, never a copy: what is next is decided by it.
   *
   * @throws oosh.rollout.Problem UNREACHABLE if the journal does not answer, REFUSED if it does not
   *     have the rollout
   */
  WaveStatus need(String id);

  /** The rollouts of a profile whose id begins with the prefix, newest first. */
  List<WaveStatus> startingWith(String profile, String prefix, int limit);

  /** The id of the rollout that an execution is of; empty of any other execution. */
  Optional<String> of(String executionId);

  /**
   * Takes the lead. Whoever had it before starts nothing more, wherever it runs.
   *
   * @param who as colleagues know the person
   * @return the number of the new turn
   * @throws oosh.rollout.Problem REFUSED if another process leads it that {@link Leader#mayAct}
   */
  long lead(String id, Person who);

  /**
   * Notes that the leader is still there.
   *
   * @return false if another process leads it by now
   */
  boolean stay(String id, long turn);

  /** Gives the lead back; nothing happens if another process has it. */
  void leave(String id, long turn);

  /** Says what is to become of it; with it, it has not ended. */
  void wish(String id, WaveStatus.Wish wish, String why);

  /** Says that it is to go back after a failure, unless a person has said something since. */
  void goBackAfterFailure(String id, long turn);

  /** Leaves a group out of it. */
  void leaveOut(String id, int position, String why);

  /** Notes that all that a launch touched was rolled back with a later launch on its group. */
  void rolledBackWithLater(String id, String executionId);

  /** Notes that a person has confirmed a group by its id. */
  void confirm(String id, int position);

  /** Notes that all is done that was wished. */
  void end(String id, long turn);
}
