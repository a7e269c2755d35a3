package oosh.shell.complete;

import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.record.ReleaseTag;
import oosh.shell.Session;
import oosh.shell.WordCompleter;
import oosh.view.ReleaseTagsView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The names of good launches, as verbs take and offer them. */
public final class ReleaseTags {
  /** More than a screen is no help. */
  private static final int OFFERED = 50;

  private ReleaseTags() {}

  /** Those of the chosen group, or of the region where none is chosen. */
  public static List<ReleaseTagsView.TaggedLaunch> all(Session session) {
    return session.history().tags(session.context()).stream()
        .map(v -> launched(session, v))
        .toList();
  }

  /** A tag, with what the journal has of its launch. */
  public static ReleaseTagsView.TaggedLaunch launched(Session session, ReleaseTag tag) {
    return new ReleaseTagsView.TaggedLaunch(tag, session.starts().find(tag.executionId()));
  }

  public static List<CompletionProposal> propose(Session session, String prefix) {
    List<ReleaseTag> all = session.history().tags(session.context());
    List<ReleaseTag> begun = all.stream().filter(v -> v.name().startsWith(prefix)).toList();
    return (begun.isEmpty() ? all : begun)
        .stream()
            .filter(v -> SubsequenceMatcher.matches(prefix, v.name()))
            .limit(OFFERED)
            .map(v -> launched(session, v))
            .map(
                v ->
                    WordCompleter.item(
                        v.version().name(),
                        ReleaseTagsView.candidate(v, session.now(), session.style().width())))
            .toList();
  }

  /**
   * The one of that name.
   *
   * @throws Problem if there is none here, or several groups have one
   */
  public static ReleaseTag named(Session session, String name) {
    ReleaseTag.checkedName(name);
    List<ReleaseTag> here = session.history().tags(session.context());
    List<ReleaseTag> found = here.stream().filter(v -> v.name().equals(name)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1) {
      throw Problem.usage(
          "several groups have a release tag " + name,
          groups(found),
          "use group " + found.get(0).group() + ", then the same command again");
    }
    List<ReleaseTag> elsewhere =
        session.history().tags(session.context().withGroup(null)).stream()
            .filter(v -> v.name().equals(name))
            .toList();
    if (!elsewhere.isEmpty()) {
      throw Problem.refused(
          name + " is not a release tag of this group",
          "it is a release tag of " + groups(elsewhere),
          "use group " + elsewhere.get(0).group() + ", then the same command again");
    }
    throw here.isEmpty()
        ? Problem.refused(
            "there is no release tag " + name,
            "no launch has a release tag yet",
            "history lists the launches; tag EXEC NAME gives one a release tag")
        : Problem.refused(
            "there is no release tag " + name,
            "the release tags are "
                + here.stream().limit(8).map(ReleaseTag::name).collect(Collectors.joining(", ")),
            "tag lists the release tags with their launches");
  }

  private static String groups(List<ReleaseTag> versions) {
    return versions.stream().map(ReleaseTag::group).distinct().collect(Collectors.joining(", "));
  }
}
