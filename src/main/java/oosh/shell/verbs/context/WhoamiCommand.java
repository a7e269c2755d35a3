package oosh.shell.verbs.context;

import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.Profile;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.view.identity.IdentityView;

/** {@code whoami}: whose keys the next commands use, asked of STS; changes nothing. */
public final class WhoamiCommand {
  private WhoamiCommand() {}

  public static Verb verb() {
    return Verb.of(
            "whoami", Verb.HelpSection.CONTEXT, "whose keys are used, and how long they last")
        .example("whoami", "whoami --output json")
        .withoutJournal()
        .answers(JsonAnswer.IDENTITY)
        .does(
            (session, in) -> {
              Profile profile = session.backends().profiles().named(session.context().profile());
              String region = session.context().region();
              CallerIdentity caller = session.cloud().caller();
              return Answer.print(
                  session,
                  in,
                  () -> IdentityView.json(caller, profile, region),
                  style -> IdentityView.text(caller, profile, region, session.now(), style));
            });
  }
}
