package oosh.shell.verbs.hold;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.update.Context;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.GroupCache;
import oosh.shell.JsonAnswer;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.verbs.context.GroupLookup;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.view.GroupView;
import oosh.view.hold.LockView;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code lock}, {@code unlock}, {@code lock status}: keeps the launches of others from a group. */
public final class LockCommand {
  private static final WordCompleter GROUPS =
      WordCompleter.each(
          session -> GroupCache.of(session).groups(), ScalingGroup::id, GroupView::candidate);

  private LockCommand() {}

  public static Verb lock() {
    return Verb.of(
            "lock", Verb.HelpSection.ROLLOUT, "keep launches of others from a group, until unlock")
        .example("lock -m \"database migration\"", "lock asg-bp1web -m \"li looks at an incident\"")
        .optional("GROUP", GROUPS)
        .flag("message", 'm', "REASON", "why: other users read it")
        .changes()
        .answers(JsonAnswer.LOCKS)
        .does(LockCommand::lock);
  }

  public static Verb unlock() {
    return Verb.of("unlock", Verb.HelpSection.ROLLOUT, "take the lock of a group away")
        .example("unlock", "unlock asg-bp1web --force \"li is on holiday\"")
        .optional("GROUP", LockCommand::locked)
        .flag("force", "REASON", "also the lock of another user; recorded")
        .flag("yes", 'y', null, "do not ask")
        .changes()
        .answers(JsonAnswer.MESSAGE)
        .does(LockCommand::unlock);
  }

  public static Verb status() {
    return Verb.of(
            "lock status", Verb.HelpSection.ROLLOUT, "which groups are locked, by whom and why")
        .example("lock status", "lock status asg-bp1web --output json")
        .optional("GROUP", GROUPS)
        .answers(JsonAnswer.LOCKS)
        .does(LockCommand::status);
  }

  private static int lock(Session session, CommandInput in) throws InterruptedException {
    String line = in.line("message", "database migration");
    String reason = GroupLock.checkedReason("-m", in.option("message", ""), line);
    String group =
        in.argument(0).isPresent()
            ? GroupLookup.find(session, in.need(0)).id()
            : session.readGroup().id();
    Context there = session.context().withGroup(group);
    GroupLock wanted =
        new GroupLock(
            there.region(), group, HoldCheck.self(session), reason, restrictions(session).now());
    GroupLock stands = restrictions(session).lock(wanted);
    if (stands.keepsBack(wanted.owner())) {
      throw Problem.refused(
          "cannot lock " + group,
          owned(session, stands),
          "lock status " + group + "; or ask " + stands.owner().user());
    }
    running(session, there).forEach(e -> session.note(goesOn(e)));
    return Answer.say(
        session,
        in,
        LockView.json(List.of(stands), List.of()),
        TextSanitizer.sentence(
            "%s is locked: only %s launches there until unlock %s",
            group, wanted.owner().user(), group));
  }

  private static String goesOn(JournalEntry e) {
    String id = e.executionId();
    return TextSanitizer.sentence(
        "note: %s of %s goes on: a lock keeps only new launches back",
        id == null ? "a start" : id, e.author().text());
  }

  private static int unlock(Session session, CommandInput in) throws InterruptedException {
    // A copy that knows of no lock does not mean that there is none.
    session.journal().requireItself();
    Optional<GroupLock> found = lockNamed(session, in);
    String forced = in.option("force");
    String because =
        forced == null
            ? ""
            : GroupLock.checkedReason("--force", forced, in.line("force", "li is on holiday"));
    Person self = HoldCheck.self(session);
    if (found.isEmpty()) {
      throw Problem.of(
          Problem.Kind.NOTHING_TO_DO,
          "nothing to unlock",
          in.argument(0).orElseGet(session.context()::needGroup) + " is not locked",
          "lock status");
    }
    GroupLock lock = found.get();
    boolean others = lock.keepsBack(self);
    String typed = "unlock " + Quoting.quoted(lock.group());
    if (others && forced == null) {
      throw Problem.refused(
          "cannot unlock " + lock.group(),
          owned(session, lock),
          "ask " + lock.owner().user() + "; or " + typed + " --force REASON");
    }
    if (others && !in.has("yes")) {
      session.requireYes(
          TextSanitizer.sentence("%s; take that lock away? [y/N] ", owned(session, lock)),
          "-y",
          lock.group() + " is still locked",
          typed + " --force REASON");
    }
    if (!restrictions(session).unlock(lock, self, others ? because : "")) {
      throw Problem.refused(
          "nothing was unlocked", "that lock has changed since it was read", "lock status");
    }
    return Answer.message(
        session,
        in,
        "%s is unlocked; %s%s",
        lock.group(),
        owned(session, lock),
        others ? "; taken away, because \"" + because + "\"" : "");
  }

  /** {@code li on ops-1 locked it 12 min ago: "database migration"}. */
  private static String owned(Session session, GroupLock lock) {
    return lock.owner().text()
        + " locked it "
        + TimeText.ago(lock.at(), restrictions(session).now())
        + ": \""
        + lock.reason()
        + "\"";
  }

  private static int status(Session session, CommandInput in) throws InterruptedException {
    Context all = session.context().withGroup(null);
    Optional<String> group = groupNamed(session, in);
    Context at = group.isPresent() ? all.withGroup(group.get()) : all;
    Restrictions restrictions = restrictions(session);
    List<GroupLock> locks =
        group.isPresent()
            ? restrictions.lockOn(at.region(), group.get()).stream().toList()
            : restrictions.locks(at.region());
    List<JournalEntry> before = running(session, at);
    Reconciliation.refresh(session, before);
    List<JournalEntry> open = before.isEmpty() ? before : running(session, at);
    String place = group.orElse(at.region());
    return Answer.print(
        session,
        in,
        () -> LockView.json(locks, open),
        (Style style) -> LockView.table(locks, open, place, restrictions(session).now(), style));
  }

  /** Says that the chosen group is locked, if it is. */
  public static Optional<String> note(Session session) {
    Context at = session.context();
    return restrictions(session)
        .lockOn(at.region(), at.needGroup())
        .map(lock -> TextSanitizer.sentence("note: %s: %s", lock.group(), owned(session, lock)));
  }

  /** The starts that hold a group, or the groups of the profile in the region. */
  private static List<JournalEntry> running(Session session, Context at) {
    return Stream.concat(
            session.starts().open(at).stream().map(OpenExecution::entry),
            session.starts().openIntents(at).stream()
                .filter(OpenIntent::holdsGroup)
                .map(OpenIntent::entry))
        .toList();
  }

  /** The group of a lock may be gone: its id is enough. */
  private static Optional<GroupLock> lockNamed(Session session, CommandInput in)
      throws InterruptedException {
    Optional<String> group = groupNamed(session, in);
    return restrictions(session)
        .lockOn(session.context().region(), group.orElseGet(session.context()::needGroup));
  }

  /** The id of the group that is typed; of a group without a lock ESS tells it. */
  private static Optional<String> groupNamed(Session session, CommandInput in)
      throws InterruptedException {
    if (in.argument(0).isEmpty()) {
      return Optional.empty();
    }
    String word = in.need(0);
    boolean isLocked = restrictions(session).lockOn(session.context().region(), word).isPresent();
    return Optional.of(isLocked ? word : GroupLookup.find(session, word).id());
  }

  private static List<CompletionProposal> locked(
      Session session, List<String> before, String prefix) {
    return restrictions(session).locks(session.context().region()).stream()
        .map(
            lock ->
                WordCompleter.item(
                    lock.group(), TextSanitizer.line(lock.owner().text() + ": " + lock.reason())))
        .toList();
  }

  private static Restrictions restrictions(Session session) {
    return session.journal().restrictions();
  }
}
