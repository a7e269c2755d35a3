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
import oosh.shell.BackgroundReads;
import oosh.shell.Session;
import oosh.shell.WordCompleter;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * What Tab offers of that which services list. It answers from the journal; where that is old or
 * knows nothing, it is read anew behind the prompt, for the next Tab. Without a prompt nothing is
 * read, because Tab cannot be pressed there.
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

  public static final WordCompleter RULES =
      (session, before, prefix) -> of(session).proposals(CatalogueList.Kind.RULE, "");

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

  /** What the journal has; if that is old, it is read again meanwhile. */
  private List<CatalogueItem> offers(CatalogueList.Kind kind, String scope) {
    CatalogueKey wanted = CatalogueKey.of(session.context(), kind, scope);
    read(List.of(wanted));
    return BackgroundReads.of(session)
        .known(wanted, plural(kind), () -> known(wanted).map(CatalogueList::all).orElse(List.of()));
  }

  private static String plural(CatalogueList.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "s";
  }

  private Optional<CatalogueList> known(CatalogueKey w) {
    return session.choices().catalogue(w.profile(), w.region(), w.kind(), w.scope());
  }

  /** Reads what the method in use will need, where that is old: before Tab is pressed. */
  public void refresh() {
    Context at = session.context();
    String group = group(session);
    try {
      read(
          kinds(at.method()).stream()
              .filter(k -> k != CatalogueList.Kind.CONFIGURATION || !group.isEmpty())
              .map(k -> CatalogueKey.of(at, k, k == CatalogueList.Kind.PACKAGE ? "" : group))
              .toList());
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

  private void read(List<CatalogueKey> wanted) {
    if (!session.screen().repaints()) {
      return;
    }
    Instant now = session.now();
    // Taken now: once the shell is left, nothing is opened again.
    Journal journal = session.journal();
    ScalingGroup group = session.group();
    BackgroundReads.of(session)
        .read(
            "lists",
            wanted.stream()
                .filter(w -> known(w).filter(k -> !k.stale(now)).isEmpty())
                .filter(w -> !now.isBefore(failed.getOrDefault(w, Instant.EPOCH).plus(REST)))
                .toList(),
            w -> read(w, group, journal));
  }

  private void read(CatalogueKey w, @Nullable ScalingGroup group, Journal journal) {
    // Tab has what it had; the command itself will meet the same problem, and say it.
    failed.put(w, session.now());
    List<CatalogueItem> all = list(session.cloud(w.profile(), w.region()), w, group);
    journal
        .choices()
        .cacheCatalogue(
            w.profile(), w.region(), new CatalogueList(w.kind(), w.scope(), all, session.now()));
    failed.remove(w);
  }

  private static List<CatalogueItem> list(
      Cloud there, CatalogueKey w, @Nullable ScalingGroup chosen) {
    return switch (w.kind()) {
      case IMAGE -> there.catalogue().images(w.scope().isEmpty() ? null : group(there, w, chosen));
      case CONFIGURATION -> there.catalogue().configurations(group(there, w, chosen));
      case PACKAGE -> there.catalogue().packages();
      case VERSION -> there.catalogue().versions(w.scope());
      case ROLE -> there.catalogue().roles();
      case TEMPLATE -> there.catalogue().templates();
      case RULE -> there.catalogue().alarmRules();
      case EXECUTION -> throw new IllegalStateException(w.toString());
    };
  }

  /** As it was read last; a group that was named on the command line has not been. */
  private static ScalingGroup group(Cloud there, CatalogueKey w, @Nullable ScalingGroup chosen) {
    return chosen != null && chosen.id().equals(w.scope())
        ? chosen
        : there.groups().need(w.scope(), w.region());
  }
}
