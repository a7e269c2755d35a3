package oosh.shell.complete;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Journal;
import oosh.rollout.update.Context;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Session;
import oosh.shell.WordCompleter;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * What Tab offers of that which services list. It answers from the journal; where that is old or
 * knows nothing, it is read anew behind the prompt, for the next Tab. Without a prompt nothing is
 * read: nobody presses Tab there.
 */
public final class CatalogueCompleter {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** A service that has just said no is left alone for so long. */
  private static final Duration REST = Duration.ofMinutes(1);

  /** Images that fit the chosen group, or those of the region where none is chosen. */
  public static final WordCompleter IMAGES =
      (session, before, prefix) -> of(session).proposals(CatalogueList.Kind.IMAGE, group(session));

  /** The chosen group's scaling configurations. */
  public static final WordCompleter CONFIGURATIONS =
      (session, before, prefix) ->
          group(session).isEmpty()
              ? List.of()
              : of(session).proposals(CatalogueList.Kind.CONFIGURATION, group(session));

  public static final WordCompleter PACKAGES =
      (session, before, prefix) -> of(session).proposals(CatalogueList.Kind.PACKAGE, "");

  /** The versions of the package that stands before. */
  public static final WordCompleter VERSIONS =
      (session, before, prefix) -> {
        String name = packageIn(before);
        return name.isEmpty() ? List.of() : of(session).proposals(CatalogueList.Kind.VERSION, name);
      };

  private final Session session;
  private final Map<CatalogueKey, Instant> failed = new ConcurrentHashMap<>();

  private CatalogueCompleter(Session session) {
    this.session = session;
  }

  /** The session's own. */
  public static CatalogueCompleter of(Session session) {
    return session.part(CatalogueCompleter.class, CatalogueCompleter::new);
  }

  /** A list, and where it is. */
  private record CatalogueKey(
      String profile, String region, CatalogueList.Kind kind, String scope) {
    static CatalogueKey of(Context at, CatalogueList.Kind kind, String scope) {
      return new CatalogueKey(at.profile(), at.region(), kind, scope);
    }
  }

  /** {@code stage package NAME}: the first word that is no option, and no option's value. */
  private static String packageIn(List<String> before) {
    for (int i = 2; i < before.size(); i++) {
      String word = before.get(i);
      if (word.equals("--back-to") || word.equals("-b")) {
        i++;
      } else if (!word.startsWith("-")) {
        return word;
      }
    }
    return "";
  }

  public List<CatalogueItem> roles() {
    return offers(CatalogueList.Kind.ROLE, "");
  }

  public List<CatalogueItem> templates() {
    return offers(CatalogueList.Kind.TEMPLATE, "");
  }

  public static CompletionProposal proposal(CatalogueItem offer) {
    return WordCompleter.item(offer.value(), offer.description());
  }

  private static String group(Session session) {
    return session.context().chosenGroup().orElse("");
  }

  private List<CompletionProposal> proposals(CatalogueList.Kind kind, String scope) {
    return offers(kind, scope).stream().map(CatalogueCompleter::proposal).toList();
  }

  /** What is at hand; if that is old, it is read anew meanwhile. */
  private List<CatalogueItem> offers(CatalogueList.Kind kind, String scope) {
    CatalogueKey wanted = CatalogueKey.of(session.context(), kind, scope);
    Optional<CatalogueList> known = known(wanted);
    if (known.filter(k -> !k.stale(now())).isEmpty()) {
      read(List.of(wanted));
    }
    return session
        .behind()
        .known(
            session.screen(),
            wanted,
            plural(kind),
            () -> known(wanted).map(CatalogueList::all).orElse(List.of()));
  }

  private static String plural(CatalogueList.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "s";
  }

  private Optional<CatalogueList> known(CatalogueKey w) {
    return session.journal().offers(w.profile(), w.region(), w.kind(), w.scope());
  }

  private Instant now() {
    return session.now();
  }

  /** Reads what the method in use will need, where that is old: before anybody presses Tab. */
  public void refresh() {
    Context at = session.context();
    List<CatalogueKey> wanted =
        kinds(at.method()).stream()
            .filter(k -> k != CatalogueList.Kind.CONFIGURATION || !group(session).isEmpty())
            .map(k -> CatalogueKey.of(at, k, k == CatalogueList.Kind.PACKAGE ? "" : group(session)))
            .toList();
    if (wanted.isEmpty() || !session.screen().repaints()) {
      return;
    }
    try {
      read(wanted.stream().filter(w -> known(w).filter(k -> !k.stale(now())).isEmpty()).toList());
    } catch (Problem p) {
      LOG.log(Level.INFO, "lists not read: {0}", p.what());
    }
  }

  private static List<CatalogueList.Kind> kinds(UpdateMethod method) {
    Payload payload = method.payload().orElse(null);
    return payload == Payload.IMAGE
        ? List.of(CatalogueList.Kind.IMAGE, CatalogueList.Kind.CONFIGURATION)
        : payload == Payload.PACKAGE
            ? List.of(CatalogueList.Kind.PACKAGE)
            : payload == Payload.CONTAINER ? List.of(CatalogueList.Kind.CONFIGURATION) : List.of();
  }

  /** Behind the prompt, one after the other; what is being read already is left out. */
  private void read(List<CatalogueKey> wanted) {
    if (!session.screen().repaints()) {
      return;
    }
    Instant now = now();
    // Taken now: once the shell is left, nothing is opened again.
    Journal journal = session.journal();
    ScalingGroup group = session.group();
    session
        .behind()
        .read(
            "lists",
            wanted.stream().filter(w -> rested(w, now)).toList(),
            w -> read(w, group, journal));
  }

  private boolean rested(CatalogueKey wanted, Instant now) {
    Instant at = failed.get(wanted);
    return at == null || now.isBefore(at) || !now.isBefore(at.plus(REST));
  }

  private void read(CatalogueKey w, @Nullable ScalingGroup group, Journal journal) {
    String what = plural(w.kind());
    try {
      Instant at = now();
      Cloud there = session.cloud(w.profile(), w.region());
      List<CatalogueItem> all = list(there, w, group);
      journal.cacheCatalogue(
          w.profile(), w.region(), new CatalogueList(w.kind(), w.scope(), all, at));
      failed.remove(w);
    } catch (Problem p) {
      // Tab has what it had; the command itself will meet the same, and say it.
      failed.put(w, now());
      LOG.log(Level.INFO, what + " not read: {0}", p.what());
    } catch (RuntimeException odd) {
      failed.put(w, now());
      LOG.log(Level.WARNING, what + " not read: {0}", odd.getClass().getSimpleName());
    }
  }

  private static List<CatalogueItem> list(
      Cloud there, CatalogueKey w, @Nullable ScalingGroup chosen) {
    return switch (w.kind()) {
      case IMAGE ->
          there.catalogue().images(w.scope().isEmpty() ? null : group(there, w.scope(), chosen));
      case CONFIGURATION -> there.catalogue().configurations(group(there, w.scope(), chosen));
      case PACKAGE -> there.catalogue().packages();
      case VERSION -> there.catalogue().versions(w.scope());
      case ROLE -> there.catalogue().roles();
      case TEMPLATE -> there.catalogue().templates();
    };
  }

  /** As it was read last; a group that was named on the command line has not been. */
  private static ScalingGroup group(Cloud there, String id, @Nullable ScalingGroup chosen) {
    return chosen != null && chosen.id().equals(id)
        ? chosen
        : there
            .groups()
            .find(id)
            .orElseThrow(
                () ->
                    Problem.refused(
                        "no scaling group " + id,
                        "ESS does not know it",
                        "use group (Tab lists them)"));
  }
}
