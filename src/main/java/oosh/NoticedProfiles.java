package oosh;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.notice.NoticeTargets;

/** The profiles, which also take addresses and signing secrets of notices for secrets. */
record NoticedProfiles(Profiles profiles, NoticeTargets targets) implements Profiles {
  /** Addresses that let everyone post to a chat, also where no notice has them. */
  private static final Pattern CHAT =
      Pattern.compile(
          "(?i)https?://hooks\\.slack\\.com/[^\\s\"'<>]+"
              + "|https?://[^\\s\"'<>/]+/open-apis/bot/v2/hook/[^\\s\"'<>]+"
              + "|https?://[^\\s\"'<>/]+/robot/send\\?[^\\s\"'<>]+"
              + "|\\bwhsec_[A-Za-z0-9+/=]{16,}");

  @Override
  public String masked(String text) {
    return masked(text, known());
  }

  private String masked(String text, List<NoticeTarget> known) {
    String masked = text;
    for (NoticeTarget target : known) {
      masked = target.masked(masked);
    }
    return profiles.masked(CHAT.matcher(masked).replaceAll("(address)"));
  }

  @Override
  public Predicate<String> containsSecret() {
    Predicate<String> others = profiles.containsSecret();
    List<NoticeTarget> known = known();
    return line ->
        others.test(line)
            || CHAT.matcher(line).find()
            || known.stream().anyMatch(t -> !t.masked(line).equals(line));
  }

  /** Never fails: the verb that needs the receivers says why they cannot be read. */
  private List<NoticeTarget> known() {
    try {
      return targets.all();
    } catch (Problem p) {
      return List.of();
    }
  }

  @Override
  public List<Profile> list() {
    return profiles.list();
  }

  @Override
  public Profile preferred() {
    return profiles.preferred();
  }

  @Override
  public Profile named(String name) {
    return profiles.named(name);
  }

  @Override
  public List<String> regions() {
    return profiles.regions();
  }

  @Override
  public Cloud open(Profile profile, String region) {
    return profiles.open(profile, region);
  }
}
