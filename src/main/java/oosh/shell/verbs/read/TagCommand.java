package oosh.shell.verbs.read;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.plan.Precedents;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ReleaseTags;
import oosh.shell.verbs.rollout.RollbackCommand;
import oosh.view.ReleaseTagsView;

/** {@code tag EXEC NAME}, {@code untag NAME}: names for launches that were good. */
public final class TagCommand {
  private TagCommand() {}

  public static Verb tag() {
    return Verb.of(
            "tag", Verb.HelpSection.PAST, "give a launch a release tag; alone: list the" + " tags")
        .example("tag", "tag exec-6f1c0b3a9d2e4f58 web-2.4.1", "tag exec-6f1c stable --force")
        .execution((session, before, prefix) -> RollbackCommand.sources(session, prefix))
        .optional("NAME", (session, before, prefix) -> ReleaseTags.propose(session, prefix))
        .flag(
            "force",
            'f',
            null,
            "do not ask: move the tag from another launch, or tag a launch that was rolled back")
        .answers(JsonAnswer.TAGS)
        .does((session, in) -> in.arguments().isEmpty() ? list(session, in) : name(session, in));
  }

  public static Verb untag() {
    return Verb.of("untag", Verb.HelpSection.PAST, "remove a release tag; the launch stays")
        .example("untag web-2.4.1")
        .argument("NAME", (session, before, prefix) -> ReleaseTags.propose(session, prefix))
        .answers(JsonAnswer.TAGS)
        .does(
            (session, in) -> {
              ReleaseTag version = ReleaseTags.named(session, in.need(0));
              session.history().removeTag(version);
              return said(
                  session,
                  in,
                  version,
                  version.name() + " no longer names " + version.executionId());
            });
  }

  private static int list(Session session, CommandInput in) {
    List<ReleaseTagsView.TaggedLaunch> all = ReleaseTags.all(session);
    return Answer.print(
        session,
        in,
        () -> ReleaseTagsView.json(all),
        style -> ReleaseTagsView.table(all, session.now(), style));
  }

  private static int name(Session session, CommandInput in) {
    if (in.arguments().size() < 2) {
      throw Problem.usage(
          "tag needs EXEC and NAME",
          "only \"" + in.need(0) + "\" was given",
          "tag exec-6f1c0b3a9d2e4f58 web-2.4.1");
    }
    String name = ReleaseTag.checkedName(in.need(1));
    String id = ExecutionIds.execution(session, in.argument(0));
    JournalEntry launch = launch(session, id);
    ReleaseTag version = ReleaseTag.of(name, launch, session.author().user(), session.now());
    String doubt = doubt(session, launch);
    if (!doubt.isEmpty() && !in.has("force")) {
      session.requireYes(
          doubt + "; tag it " + name + "? [y/N] ", "--force", "nothing was tagged " + name, "tag");
    }
    Optional<ReleaseTag> before =
        session.history().tags(session.context().withGroup(version.group())).stream()
            .filter(v -> v.name().equals(name))
            .findFirst();
    String had = before.map(ReleaseTag::executionId).orElse(id);
    if (!had.equals(id) && !in.has("force")) {
      String question = name + " names " + had + "; let it name " + id + "? [y/N] ";
      session.requireYes(question, "--force", name + " still names " + had, "tag");
    }
    session.history().addTag(version);
    String other = had.equals(id) ? "" : ", no longer " + had;
    return said(session, in, version, name + " names " + id + " on " + version.group() + other);
  }

  /** Why it may be no good version; "" if nothing speaks against it. */
  private static String doubt(Session session, JournalEntry launch) {
    if (launch.succeededInPart()) {
      return launch.executionId() + " succeeded on " + launch.succeededOf();
    }
    return session.history().rollbacksOf(launch).stream()
        .flatMap(r -> Optional.ofNullable(r.executionId()).stream())
        .findFirst()
        .or(() -> byAnotherJournal(session, launch))
        .map(id -> launch.executionId() + " was rolled back by " + id)
        .orElse("");
  }

  /** A rollback that OOS alone tells of; where OOS tells nothing, that is said. */
  private static Optional<String> byAnotherJournal(Session session, JournalEntry launch) {
    try {
      return Precedents.rollbacks(session.cloud(), launch).stream().findFirst();
    } catch (Problem p) {
      String id = launch.executionId();
      session.note("whether " + id + " was rolled back from elsewhere is not known: " + p.why());
      return Optional.empty();
    }
  }

  /** Answers with the sentence, or with the tag alone in a list. */
  private static int said(Session session, CommandInput in, ReleaseTag version, String sentence) {
    List<ReleaseTagsView.TaggedLaunch> alone = List.of(ReleaseTags.launched(session, version));
    return Answer.say(session, in, ReleaseTagsView.json(alone), sentence);
  }

  /** As it ended: of one that was not watched to its end, OOS is asked. */
  private static JournalEntry launch(Session session, String id) {
    Optional<JournalEntry> known = session.starts().find(id);
    ExecutionStatus status = known.map(JournalEntry::status).orElse(null);
    if (status == null || !status.isFinal()) {
      Progress now = session.look(id);
      String parent = now.execution().parentId();
      if (parent != null) {
        throw Problem.refused(
            "cannot give " + id + " a name",
            "it is the child execution of one instance",
            "tag " + parent + " NAME");
      }
      session.starts().recordObservation(session.context(), now);
      known = session.starts().find(id);
    }
    return known.orElseThrow(
        () ->
            Problem.refused(
                "cannot give " + id + " a name", "the journal does not have it", "history"));
  }
}
