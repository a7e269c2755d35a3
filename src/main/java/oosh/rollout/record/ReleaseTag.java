package oosh.rollout.record;

import java.time.Instant;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.UpdateSpec;

/**
 * A name that a user has given to a launch, so that it can be launched again.
 *
 * @param name at most 64 letters, digits, dots, hyphens and underscores; one launch of a group has
 *     it
 * @param user who tagged it
 */
public record ReleaseTag(
    String name,
    String profile,
    String region,
    String group,
    String executionId,
    String user,
    Instant at) {
  /** The most characters of a name. */
  public static final int LONGEST = 64;

  /**
   * Checks a name.
   *
   * @throws Problem USAGE if it is not a valid name
   */
  public static String checkedName(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw Problem.usage(
          "a release tag cannot be called \"" + name + "\"",
          "a name has at most "
              + LONGEST
              + " letters, digits, dots, hyphens and underscores, a letter or digit first",
          "tag EXEC web-2.4.1");
    }
    return name;
  }

  /**
   * Tags a launch.
   *
   * @throws Problem REFUSED for a rollback, and for a launch that has not ended in Success
   */
  public static ReleaseTag of(String name, JournalEntry launch, String user, Instant at) {
    String id = launch.executionId();
    ExecutionStatus status = launch.status();
    String checked = checkedName(name);
    String what = "cannot call " + (id == null ? "it" : id) + " " + checked;
    if (launch.rollback()) {
      throw Problem.refused(
          what,
          "it is a rollback; a release tag names a launch that can be launched again",
          "history --status Success");
    }
    if (id == null || status == null || !status.isSuccess()) {
      throw Problem.refused(
          what,
          "it is "
              + (status == null ? "not known to have run" : status.word())
              + "; a release tag names a launch that ended in Success",
          "history --status Success");
    }
    if (launch.succeeded() == 0 && launch.total() > 0) {
      throw Problem.refused(
          what,
          "it succeeded on no instance: " + launch.total() + " failures were tolerated",
          "history --status Success");
    }
    if (launch.spec().script() == null && launch.method().runsOnlyScript()) {
      throw Problem.refused(
          what,
          "its script's text is not kept, so it could not be launched again",
          "history --status Success");
    }
    return new ReleaseTag(checked, launch.profile(), launch.region(), launch.group(), id, user, at);
  }

  /**
   * The spec for launching it again: its script or payload, its rollback values, its batches and
   * its parameters.
   *
   * @param launch as the journal has it
   * @param sent the template's parameters as they were sent
   * @throws Problem REFUSED if its script's text is not kept
   */
  public UpdateSpec staging(JournalEntry launch, Map<String, Object> sent) {
    if (launch.spec().script() == null && launch.method().runsOnlyScript()) {
      throw Problem.refused(
          "cannot roll back to " + name,
          "the text of the script of " + executionId + " is not kept",
          "stage script FILE, then launch");
    }
    UpdateSpec again = launch.toStage(sent);
    // The canaries of then may have left the group since: others come in their place.
    return again.withStrategy(again.strategy().withAnyCanaries());
  }
}
