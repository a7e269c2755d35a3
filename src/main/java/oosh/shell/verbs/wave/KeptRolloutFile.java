package oosh.shell.verbs.wave;

import oosh.rollout.Problem;
import oosh.rollout.wave.RolloutFile;
import oosh.shell.Session;
import oosh.shell.verbs.planning.SecretCheck;
import oosh.view.json.RolloutFileJson;

/** What a rollout file says, for the journal. */
public final class KeptRolloutFile {
  private KeptRolloutFile() {}

  /**
   * The text that {@link RolloutFileJson#of} reads again.
   *
   * @throws Problem REFUSED if there is a secret in it: whoever reads the journal would read that
   */
  public static String text(Session session, RolloutFile file) {
    String text = RolloutFileJson.text(file);
    SecretCheck.require(
        session,
        file.spec(),
        text,
        "the journal",
        "cannot launch " + file.name(),
        "take it out of the file; or launch on each group with the same options");
    return text;
  }
}
