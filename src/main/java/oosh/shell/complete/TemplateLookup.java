package oosh.shell.complete;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Template;
import oosh.rollout.record.Journal;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.BackgroundReads;
import oosh.shell.Session;

/**
 * What is known of the chosen method's template: what the session has, then what the journal has,
 * and where a command may wait, what OOS tells.
 */
public final class TemplateLookup {
  private static final Logger LOG = Logger.getLogger("oosh");

  private TemplateLookup() {}

  /** The places whose templates this shell has read. */
  private record Places(Set<Context> all) {}

  /**
   * For Tab, which does not wait for OOS: what Alibaba has added since is there at the next one.
   */
  public static UpdateMethod cachedAndRefresh(Session session) {
    refresh(session);
    return known(session);
  }

  /** From what is at hand. */
  public static UpdateMethod known(Session session) {
    return known(session, session.context().method());
  }

  public static UpdateMethod known(Session session, UpdateMethod method) {
    if (method.usesOoshTemplate() || method.declared().isPresent()) {
      return method;
    }
    Context at = session.context();
    return session
        .choices()
        .template(at.profile(), at.region(), method.template(), method.version())
        .map(method::withTemplate)
        .orElse(method);
  }

  /**
   * The method with its template as OOS has it now.
   *
   * @throws Problem if OOS knows no such template, or cannot be asked
   */
  public static UpdateMethod reload(Session session, UpdateMethod method) {
    Context at = session.context();
    String version = method.version().isEmpty() ? "" : ", version " + method.version();
    Problem unknown =
        Problem.refused(
            "there is no template " + method.template() + version,
            "OOS does not know it in " + at.region() + " for profile " + at.profile(),
            "use method (Tab lists what there is), or use region for another one");
    Template template =
        session
            .cloud()
            .executions()
            .template(method.template(), method.version())
            .orElseThrow(() -> unknown);
    remember(session.journal(), at, method, template);
    return method.withTemplate(template);
  }

  /**
   * The method that a plan is made with. A script alone needs no look: its launch must not wait for
   * one. Where OOS does not tell what the public templates are like, they are as they were.
   *
   * @param note takes what could not be read; the plan continues
   * @throws Problem if nothing is known of a template that is not public
   */
  public static UpdateMethod forPlan(Session session, UpdateMethod method, Consumer<String> note) {
    if (method.runsOnlyScript()) {
      return method;
    }
    UpdateMethod known = known(session, method);
    if (known.usesOoshTemplate() || known.declared().isPresent()) {
      return known;
    }
    try {
      return reload(session, method);
    } catch (Problem p) {
      if (method.isUserTemplate()) {
        throw p;
      }
      note.accept("note: the template's parameters are taken as they were in 2024: " + p.why());
      return method;
    }
  }

  /**
   * Reads the chosen method's template in a thread of its own, so that Tab has what Alibaba has
   * added since; once in each place.
   */
  public static void refresh(Session session) {
    Context at = session.context().withGroup(null);
    UpdateMethod method = at.method();
    if (!method.usesOoshTemplate()
        && session.screen().repaints()
        && session.part(Places.class, s -> new Places(new HashSet<>())).all().add(at)) {
      BackgroundReads.of(session)
          .read(
              "templates",
              List.of(at),
              place ->
                  session
                      .cloud(place.profile(), place.region())
                      .executions()
                      .template(method.template(), method.version())
                      .ifPresent(t -> remember(session.journal(), place, method, t)));
    }
  }

  /** Writes the template into the journal; where that fails, the command continues. */
  private static void remember(
      Journal journal, Context at, UpdateMethod method, Template template) {
    try {
      journal.choices().cacheTemplate(at.profile(), at.region(), method.version(), template);
    } catch (Problem p) {
      LOG.log(Level.INFO, "template not kept: {0}", p.what());
    }
  }
}
