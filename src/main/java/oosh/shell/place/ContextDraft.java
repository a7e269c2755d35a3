package oosh.shell.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import oosh.config.TrustedFile;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.StagedParts;
import oosh.shell.WholeFile;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.staging.StagedFileReader;
import oosh.view.PayloadView;
import oosh.view.SessionStatusView;
import oosh.view.format.OutputForm;
import oosh.view.json.JsonOutput;
import oosh.view.json.SavedPlan;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;

/**
 * What {@code --resume} offers: context and staging of the last prompt, in a file of the state
 * directory that only its owner can read. Staged scripts are in it as they were staged, for what
 * was staged is what a launch takes; secrets are not.
 *
 * <p>The prompt writes it behind each line that has changed something, so that it is there after a
 * kill as well. Of several prompts the one that changed something last has written it.
 */
public final class ContextDraft {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final String FILE = "draft";
  private static final int LIMIT = 4 * 1024 * 1024;

  /** What was left out because of a secret, in the draft's facts. */
  private static final String LEFT_OUT = "left out";

  private static final String LINE = "line ";
  private static final String PARTS = "parts ";
  private static final String ANSWER = "answer ";

  private final Session session;
  private Object kept;

  private ContextDraft(Session session) {
    this.session = session;
    this.kept = state();
  }

  /** The session's own; it keeps nothing before something has changed. */
  public static ContextDraft of(Session session) {
    return session.part(ContextDraft.class, ContextDraft::new);
  }

  private Object state() {
    return List.of(session.context(), session.staging(), Map.copyOf(session.files()));
  }

  private static Path file(Session session) {
    return session.backends().home().resolve(FILE);
  }

  /** Writes the draft if context or staging have changed since it was written. */
  public void keep() {
    Object now = state();
    if (now.equals(kept)) {
      return;
    }
    kept = now;
    try {
      WholeFile.replace(file(session), text());
    } catch (IOException e) {
      LOG.log(Level.INFO, "draft not kept: {0}", e.getMessage());
    }
  }

  private String text() {
    UpdateSpec staged = session.staging();
    List<String> leftOut =
        StagedParts.values(staged).keySet().stream()
            .filter(p -> !isPlain(only(staged, p)))
            .toList();
    Map<String, String> facts = new LinkedHashMap<>();
    if (!leftOut.isEmpty()) {
      facts.put(LEFT_OUT, String.join(", ", leftOut));
    }
    int n = 0;
    for (StagingLine line : UndoLog.of(session).lines()) {
      if (line.isRepeatable()
          && isPlain(line.line())
          && leftOut.stream().noneMatch(line.parts()::contains)) {
        facts.put(LINE + ++n, line.line());
        facts.put(PARTS + n, String.join(",", line.parts()));
        facts.put(ANSWER + n, line.answer());
      }
    }
    Map<String, String> files = new LinkedHashMap<>();
    session.files().forEach((role, from) -> files.put(role, from.toString()));
    leftOut.forEach(files::remove);
    return text(without(staged, leftOut), files, facts);
  }

  private String text(UpdateSpec staged, Map<String, String> files, Map<String, String> facts) {
    Context at = session.context();
    Context named = at.withGroup(at.chosenGroup().orElse(""));
    return new SavedPlan(session.now(), named, staged, files, facts).text();
  }

  private boolean isPlain(String text) {
    return session.masked(text).equals(text);
  }

  private boolean isPlain(UpdateSpec spec) {
    return Stream.of(spec.extraParameters(), spec.rollbackValues())
            .allMatch(v -> PayloadView.json(v).equals(JsonOutput.tree(v)))
        && isPlain(text(spec, Map.of(), Map.of()));
  }

  private static UpdateSpec without(UpdateSpec spec, Collection<String> parts) {
    UpdateSpec rest = spec;
    for (String part : parts) {
      rest = StagedParts.without(rest, part).orElse(rest);
    }
    return rest;
  }

  private static UpdateSpec only(UpdateSpec spec, String part) {
    return without(
        spec, StagedParts.values(spec).keySet().stream().filter(p -> !p.equals(part)).toList());
  }

  /**
   * Shows what the last prompt left, and takes it over after a yes. What is wrong with the draft is
   * said, and the shell goes on without it.
   *
   * <pre>
   * the last prompt left this 12 min ago:
   * profile sandbox, region cn-hangzhou, method run-script
   *   group      asg-bp1web
   *   script     deploy.sh (sha 3f9a1c, 412 bytes, RunShellScript); the file has changed since; …
   * resume it? [y/N]
   * </pre>
   */
  public static void offer(Session session) {
    Context context = session.context();
    UpdateSpec staging = session.staging();
    Map<String, Path> files = new HashMap<>(session.files());
    boolean taken = false;
    try {
      Optional<SavedPlan> draft = read(session);
      if (draft.isEmpty()) {
        session.note("nothing to resume: no prompt has left a draft");
        return;
      }
      taken = isTaken(session, draft.get());
    } catch (Interrupted pressed) {
      session.note("nothing is resumed");
    } catch (Problem p) {
      session.say(p, OutputForm.TEXT);
    } finally {
      if (!taken) {
        session.move(context, null);
        session.stage(staging);
        session.files().clear();
        session.files().putAll(files);
      }
      session.screen().notes().flush();
    }
  }

  private static boolean isTaken(Session session, SavedPlan draft) {
    Context left = draft.context();
    Context at = left.withGroup(left.needGroup().isEmpty() ? null : left.group());
    session.backends().profiles().named(at.profile());
    session.move(at, null);
    session.stage(draft.staged());
    session.files().clear();
    draft.files().forEach((role, from) -> session.files().put(role, Path.of(from)));
    session.say("the last prompt left this " + TimeText.ago(draft.saved(), session.now()) + ":");
    session.say(
        SessionStatusView.show(
            at,
            null,
            draft.staged(),
            null,
            StagedFileReader.changed(session),
            Optional.empty(),
            session.style()));
    if (session.backends().config().profiles().of(at.profile()).production()) {
      session.note("the profile is marked production");
    }
    String leftOut = draft.facts().get(LEFT_OUT);
    if (leftOut != null) {
      session.note("not kept, because it carries a secret: " + TextSanitizer.line(leftOut));
    }
    session.screen().dropTypedAhead();
    if (!Screen.yes(session.screen().answer("resume it? [y/N] ", "--resume"))) {
      session.note("nothing is resumed");
      return false;
    }
    ContextOrigins.of(session).all("resumed draft");
    UndoLog.of(session).begin(lines(draft.facts()));
    GroupCache.of(session).refreshGroups();
    GroupCache.of(session).refreshMembers();
    return true;
  }

  private static List<StagingLine> lines(Map<String, String> facts) {
    List<StagingLine> lines = new ArrayList<>();
    for (int n = 1; facts.containsKey(LINE + n); n++) {
      Set<String> parts = Set.of(facts.getOrDefault(PARTS + n, "").split(",", -1));
      lines.add(
          new StagingLine(
              String.valueOf(facts.get(LINE + n)),
              facts.getOrDefault(ANSWER + n, ""),
              parts,
              parts.contains(StagedParts.GATE)));
    }
    return lines;
  }

  private static Optional<SavedPlan> read(Session session) {
    Path file = file(session);
    Optional<String> text = TrustedFile.read("the draft", file, LIMIT);
    try {
      return text.map(t -> SavedPlan.of(FILE, t));
    } catch (Problem damaged) {
      throw Problem.refused(
          "cannot resume from " + file,
          damaged.why().replace("plan --save", "oosh"),
          "go on without it: the next stage or use writes it anew");
    }
  }
}
