package oosh.shell.verbs.context;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.StagedParts;
import oosh.shell.Verb;
import oosh.shell.place.ContextOrigins;
import oosh.shell.place.ReadOnly;
import oosh.view.place.PlaceView;

/** {@code use} alone: where the next commands act, and where that came from. Asks no service. */
public final class WhereCommand {
  private WhereCommand() {}

  public static Verb verb() {
    return Verb.of(
            "use",
            Verb.HelpSection.CONTEXT,
            "where the next commands act, and where that came from")
        .example("use")
        .withoutJournal()
        .answers(JsonAnswer.PLACE)
        .does(
            (session, in) -> {
              Context at = session.context();
              ScalingGroup group = session.group();
              ProfileMark mark = session.backends().config().profiles().of(at.profile());
              boolean readOnly = ReadOnly.isOn(session);
              Map<String, String> origins = new LinkedHashMap<>();
              for (ContextOrigins.Part part : ContextOrigins.Part.values()) {
                if (part != ContextOrigins.Part.GROUP || at.chosenGroup().isPresent()) {
                  origins.put(
                      part.name().toLowerCase(Locale.ROOT), ContextOrigins.of(session).of(part));
                }
              }
              return Answer.print(
                  session,
                  in,
                  () -> PlaceView.json(at, group, session.staging(), mark, readOnly, origins),
                  style ->
                      PlaceView.text(
                          at,
                          group,
                          mark,
                          readOnly,
                          StagedParts.names(session.staging()),
                          origins,
                          style));
            });
  }
}
