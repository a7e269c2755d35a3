package oosh.shell.verbs.planning;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.config.TrustedFile;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Template;
import oosh.rollout.plan.Plan;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.FileName;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.WholeFile;
import oosh.shell.complete.TemplateLookup;
import oosh.view.json.PlanFacts;
import oosh.view.json.SavedPlan;
import oosh.view.text.DescriptionList;
import org.jspecify.annotations.Nullable;

/** {@code plan --save FILE}, and what {@code launch --plan FILE} reads and asks of it. */
public final class SavedPlanFile {
  /** More than scripts, probes and a container's configuration at their largest take. */
  private static final int LIMIT = 1024 * 1024;

  private final String name;
  private final String sha256;
  private final SavedPlan saved;

  private SavedPlanFile(String name, String sha256, SavedPlan saved) {
    this.name = name;
    this.sha256 = sha256;
    this.saved = saved;
  }

  /** The plans of a check, which writes no file. */
  private record Unwritten(Map<Path, String> texts) {}

  private static Map<Path, String> unwritten(Session session) {
    return session.part(Unwritten.class, s -> new Unwritten(new HashMap<>())).texts();
  }

  /**
   * Writes a plan to a new file that only its owner can read. One that others must approve is
   * written down in the journal first.
   *
   * @param need how many others must approve it
   * @throws Problem REFUSED if the file is there, cannot be written, or would hold a secret
   */
  public static void save(
      Session session, String name, UpdateSpec staged, PlannedStart planned, int need) {
    Path file = SessionFile.file(name);
    Plan plan = planned.plan();
    String text =
        new SavedPlan(
                session.now(),
                session.context(),
                staged,
                files(session),
                PlanFacts.of(plan, planned.groupSnapshot(), template(session, plan)),
                need)
            .text();
    SecretCheck.require(
        session,
        staged,
        text,
        "a file",
        "cannot save the plan as " + name,
        "launch with the same options instead of --plan");
    if (need > 0) {
      Context at = session.context();
      session
          .journal()
          .planApprovals()
          .save(SavedPlan.sha256(text), need, at.region(), at.needGroup());
    }
    if (session.isChecked()) {
      if (unwritten(session).putIfAbsent(file, text) != null) {
        throw there(name);
      }
      return;
    }
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.line(text);
      whole.finish();
    } catch (FileAlreadyExistsException e) {
      throw there(name);
    } catch (IOException e) {
      throw Problem.refused(
          "cannot save the plan as " + name,
          "it cannot be written to its end; is the disk full, or the folder not yours?",
          "plan --save /another/folder/plan.json");
    }
  }

  private static Problem there(String name) {
    return Problem.refused(
        "cannot save the plan as " + name, "the file is there already", "plan --save another.json");
  }

  /** Where scripts came from; within this folder as seen from it, for another machine's. */
  private static Map<String, String> files(Session session) {
    Path here = Path.of("").toAbsolutePath();
    Map<String, String> files = new LinkedHashMap<>();
    session
        .files()
        .forEach(
            (role, file) ->
                files.put(role, (file.startsWith(here) ? here.relativize(file) : file).toString()));
    return files;
  }

  /** The template of the plan as OOS has it now; null if it goes along. */
  private static @Nullable Template template(Session session, Plan plan) {
    UpdateMethod method = plan.rollout().context().method();
    return method.usesOoshTemplate()
        ? null
        : TemplateLookup.reload(session, method).declared().orElse(null);
  }

  /**
   * A plan that was saved.
   *
   * @throws Problem REFUSED if others can write the file, or {@link #save} has not written it
   */
  public static SavedPlanFile read(Session session, String name) {
    Path file = SessionFile.file(name);
    Optional<String> text =
        Optional.ofNullable(unwritten(session).get(file))
            .or(() -> TrustedFile.read("the saved plan", file, LIMIT));
    String content =
        text.orElseThrow(
            () ->
                Problem.refused(
                    "cannot use " + name + " as a plan",
                    "there is no such file",
                    "plan --save " + name));
    return new SavedPlanFile(name, SavedPlan.sha256(content), SavedPlan.of(name, content));
  }

  /** The hash of its content, scripts included: what approvals are bound to. */
  public String sha256() {
    return sha256;
  }

  /** How many others must approve it; 0 where it needs nobody. */
  public int need() {
    return saved.need();
  }

  public SavedPlan saved() {
    return saved;
  }

  public String name() {
    return name;
  }

  public UpdateSpec staged() {
    return saved.staged();
  }

  /** The session's context with the method, and the group where none is chosen. */
  public Context context(Context chosen) {
    Context with = chosen.withMethod(saved.context().method());
    return chosen.chosenGroup().isPresent() ? with : with.withGroup(saved.context().group());
  }

  /**
   * Asks, before anything is planned, whether it is the same place, and whether the files are still
   * the scripts that they were.
   *
   * @throws Problem REFUSED if not, after what differs
   */
  public void requireSamePlace(Session session) {
    Map<String, String> then = PlanFacts.of(saved.context());
    Map<String, String> now = PlanFacts.of(session.context());
    saved
        .files()
        .forEach(
            (role, file) -> {
              String content = content(file);
              Optional<Script> script = script(role);
              if (content != null && script.isPresent()) {
                String read = Script.ofText(file, content).shortSha();
                then.put("file " + file, "sha " + script.get().shortSha());
                now.put("file " + file, "sha " + read);
              }
            });
    require(session, then, now);
  }

  /**
   * Asks whether a plan that was made now is the one that was saved.
   *
   * @throws Problem REFUSED if not, after what differs
   */
  public PlannedStart same(Session session, PlannedStart planned) {
    Plan plan = planned.plan();
    require(
        session,
        saved.facts(),
        PlanFacts.of(plan, planned.groupSnapshot(), template(session, plan)));
    return planned;
  }

  private void require(Session session, Map<String, String> then, Map<String, String> now) {
    List<String> differences = PlanFacts.differences(then, now);
    if (!differences.isEmpty()) {
      differences.forEach(d -> session.say(session.style().wrapped(session.masked(d))));
      throw Problem.refused(
          "nothing was started",
          DescriptionList.count(differences.size(), "thing")
              + (differences.size() == 1 ? " is" : " are")
              + " not as in "
              + name
              + ", saved "
              + saved.saved(),
          "plan --save FILE again, and read it before launch --plan FILE");
    }
  }

  private Optional<Script> script(String role) {
    UpdateSpec staged = saved.staged();
    return Optional.ofNullable(
        switch (role) {
          case "script" -> staged.script();
          case "rollback" -> staged.rollbackScript();
          default ->
              staged.gates().gates().stream()
                  .filter(g -> role.equals("gate script " + g.subject()))
                  .findFirst()
                  .map(g -> g.script())
                  .orElse(null);
        });
  }

  /** Null where the file is not on this machine: the saved plan has the script. */
  private static @Nullable String content(String name) {
    try {
      Path file = FileName.of(name);
      return Files.isRegularFile(file) && Files.size(file) <= LIMIT ? Files.readString(file) : null;
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }
}
