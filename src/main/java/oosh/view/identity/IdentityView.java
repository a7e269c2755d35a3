package oosh.view.identity;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.Profile;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * acs:sts::1000000000000000:assumed-role/deployer/ci (AssumedRoleUser)
 *   account  1000000000000000
 *   profile  production (OIDC, config.json), region cn-hangzhou
 *   keys     temporary: until 2026-03-04T05:21:07Z, 14m 59s from now; oosh asks
 *            for new ones by itself
 */
/** Who calls, by which profile, and how long the keys last. */
public final class IdentityView {
  private static final int LABEL = 9;

  private record IdentityJson(
      String account,
      String principal,
      String type,
      String principalId,
      String profile,
      String mode,
      String region,
      boolean temporary,
      @Nullable Instant expires) {}

  private IdentityView() {}

  public static String text(
      CallerIdentity caller, Profile profile, String region, Instant now, Style style) {
    return new DescriptionList(style, LABEL)
        .head("%s (%s)", caller.arn(), caller.type())
        .row("account", "%s", caller.account())
        .row(
            "profile",
            "%s (%s, %s), region %s",
            profile.name(),
            profile.mode(),
            profile.origin(),
            region)
        .row("keys", TextSanitizer.line(keys(caller, profile, now)))
        .text();
  }

  private static String keys(CallerIdentity caller, Profile profile, Instant now) {
    Instant expires = caller.expires();
    if (!caller.temporary()) {
      return "long-lived: they do not expire by themselves";
    }
    if (expires == null) {
      return "temporary: nobody has said until when";
    }
    return "temporary: until "
        + expires.truncatedTo(ChronoUnit.SECONDS)
        + ", "
        + TimeText.span(Duration.between(now, expires).truncatedTo(ChronoUnit.SECONDS))
        + " from now"
        + (profile.renewed() ? "; oosh asks for new ones by itself" : "");
  }

  public static JsonElement json(CallerIdentity caller, Profile profile, String region) {
    return JsonOutput.tree(
        new IdentityJson(
            caller.account(),
            caller.arn(),
            caller.type(),
            caller.principalId(),
            profile.name(),
            profile.mode(),
            region,
            caller.temporary(),
            caller.expires()));
  }
}
