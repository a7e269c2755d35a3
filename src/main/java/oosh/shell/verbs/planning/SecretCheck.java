package oosh.shell.verbs.planning;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;
import oosh.view.PayloadView;
import oosh.view.json.JsonOutput;

/**
 * Keeps secrets out of what more people read than run it: a saved plan is an artifact of a
 * pipeline, and a rollout's content is in a journal that a team may share.
 */
public final class SecretCheck {
  private SecretCheck() {}

  /**
   * @param text that is to be kept, with what is staged in it
   * @param keeper {@code a file}: what would hold the text
   * @param what did not happen
   * @param next what to do instead
   * @throws Problem REFUSED if there is a secret in what is staged or in the text
   */
  public static void require(
      Session session, UpdateSpec staged, String text, String keeper, String what, String next) {
    boolean hidden =
        List.of(staged.extraParameters(), staged.rollbackValues()).stream()
            .anyMatch(v -> !PayloadView.json(v).equals(JsonOutput.tree(v)));
    if (hidden || !session.masked(text).equals(text)) {
      throw Problem.refused(
          what,
          "what is staged has a key, a login, a signed address or a container's variables in it,"
              + " which "
              + keeper
              + " must not hold",
          next);
    }
  }
}
