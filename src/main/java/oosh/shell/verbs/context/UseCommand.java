package oosh.shell.verbs.context;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.shell.Answer;
import oosh.shell.GroupCache;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.StagedParts;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.place.ContextOrigins;
import oosh.shell.verbs.repair.DoctorCommand;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.view.DoctorView;
import oosh.view.GroupView;
import oosh.view.text.TextSanitizer;

/** {@code use profile|region|group}: where the next commands act. */
public final class UseCommand {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How many lines of the journal are looked at for one that has been an execution. */
  private static final int LOOKED_AT = 5;

  private UseCommand() {}

  public static Verb profile() {
    return Verb.of("use profile", Verb.HelpSection.CONTEXT, "whose credentials to use")
        .example("use profile sandbox")
        .argument(
            "PROFILE",
            WordCompleter.each(
                session -> session.backends().profiles().list(),
                Profile::name,
                p ->
                    p.unusable() == null
                        ? p.mode() + ", " + p.origin()
                        : "cannot be used: " + p.unusable()))
        .does(
            (session, in) -> {
              Profile p = session.backends().profiles().named(in.need(0));
              Context at = session.context();
              Context next = at.withProfile(p.name(), Session.regionOf(p, null));
              boolean elsewhere =
                  !(next.profile().equals(at.profile()) && next.region().equals(at.region()))
                      && session.move(next, null);
              ContextOrigins.of(session).profileChosen(session);
              GroupCache.of(session).refreshGroups();
              Answer.status(session, in, answer(session, p));
              return stillStaged(session, elsewhere);
            });
  }

  /** {@code profile prod-eu (AK, config.json), region cn-hangzhou; marked production: …}. */
  public static String answer(Session session, Profile p) {
    String region = Session.regionOf(p, null);
    return TextSanitizer.sentence(
            "profile %s (%s, %s), region %s",
            p.name(), p.mode(), p.origin(), region.isEmpty() ? "none: use region R" : region)
        + (session.backends().config().profiles().of(p.name()).production()
            ? "; marked production: a start is confirmed by the group's id"
            : "");
  }

  public static Verb region() {
    return Verb.of("use region", Verb.HelpSection.CONTEXT, "where the groups are")
        .example("use region cn-hangzhou")
        .argument(
            "REGION",
            WordCompleter.each(
                session -> session.backends().profiles().regions(), region -> region, region -> ""))
        .does(
            (session, in) -> {
              String region = in.need(0);
              List<String> known = session.backends().profiles().regions();
              if (!known.contains(region)) {
                throw Problem.refused(
                    "there is no region " + region,
                    StrictCommandParser.didYouMean(region, known, "OOS has no region of that name"),
                    "use region (Tab lists them)");
              }
              boolean elsewhere = session.move(session.context().withRegion(region), null);
              ContextOrigins.of(session).chosen(session, ContextOrigins.Part.REGION);
              GroupCache.of(session).refreshGroups();
              Answer.status(session, in, "region " + region);
              return stillStaged(session, elsewhere);
            });
  }

  public static Verb group() {
    return Verb.of(
            "use group",
            Verb.HelpSection.CONTEXT,
            "the scaling group to update, by its id or its name")
        .example("use group asg-bp1web", "use group web")
        .argument(
            "GROUP",
            WordCompleter.each(
                session -> GroupCache.of(session).groups(), ScalingGroup::id, GroupView::candidate))
        .answers(JsonAnswer.SESSION, JsonAnswer.GROUP)
        .does(
            (session, in) -> {
              ScalingGroup group = GroupLookup.find(session, in.need(0));
              boolean elsewhere = session.move(session.context().withGroup(group.id()), group);
              ContextOrigins.of(session).chosen(session, ContextOrigins.Part.GROUP);
              Answer.say(session, in, GroupView.json(group), GroupView.line(group));
              stillStaged(session, elsewhere);
              GroupCache.of(session).refreshMembers();
              CatalogueCompleter.of(session).refresh();
              Reconciliation.reportOpenIntents(session);
              mentionLeftovers(session, group);
              return 0;
            });
  }

  /**
   * What was staged for another place goes along, and the next launch here takes it.
   *
   * @param elsewhere whether another group was chosen before
   * @return 0, the exit status
   */
  private static int stillStaged(Session session, boolean elsewhere) {
    if (elsewhere && session.staging().count() > 0) {
      session.note("still staged: " + StagedParts.names(session.staging()));
    }
    return 0;
  }

  /**
   * What doctor says, where the group and the last execution on it that the journal knows give a
   * reason to ask. What cannot be read is only logged: the user asked for the group.
   */
  private static void mentionLeftovers(Session session, ScalingGroup group) {
    if (group.standby() == 0 && group.suspended().isEmpty()) {
      return;
    }
    Context at = session.context();
    History.Query query =
        new History.Query(at.profile(), at.region(), group.id(), null, null, LOOKED_AT);
    Reconciliation.refresh(session, session.history().list(query));
    boolean mayBe =
        session.history().list(query).stream()
            .filter(e -> e.executionId() != null)
            .findFirst()
            .filter(e -> endedUnwell(e))
            .isPresent();
    if (!mayBe) {
      return;
    }
    try {
      DoctorCommand.doctor(session).examine(at, group).caused().stream()
          .flatMap(l -> Stream.ofNullable(l.cause()))
          .findFirst()
          .ifPresent(c -> session.note(DoctorView.hint(group, c, session.now(), session.style())));
    } catch (Problem p) {
      LOG.log(Level.INFO, "leftovers not looked for: {0}", p.what());
    }
  }

  private static boolean endedUnwell(JournalEntry entry) {
    ExecutionStatus status = entry.status();
    return entry.forgotten() || (status != null && status.isFinal() && !status.isSuccess());
  }
}
