package oosh.sandbox.http;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.http.Callers.Caller;

/**
 * The actions of STS (2015-04-01) by which a caller signs in. Any role may be assumed, and any
 * token of an identity provider is taken: the sandbox has neither policies nor providers.
 */
public final class StsActions {
  static final String VERSION = "2015-04-01";

  /** The one action that takes no signature (source: credentials-java, 2026-08). */
  static final String UNSIGNED = "AssumeRoleWithOIDC";

  /** In ARNs STS writes the role in small letters, as RAM does (assumed). */
  private static final Pattern ROLE = Pattern.compile("acs:ram::(\\d{1,20}):role/([\\w.-]{1,64})");

  private static final Pattern PROVIDER =
      Pattern.compile("acs:ram::\\d{1,20}:oidc-provider/[\\w.-]{1,128}");

  /** Source: STS help, "AssumeRole", 2025-09. */
  private static final Pattern SESSION = Pattern.compile("[\\w.@-]{2,64}");

  private final Callers callers;

  private StsActions(Callers callers) {
    this.callers = callers;
  }

  public static Map<String, ApiAction> actions(Callers callers) {
    StsActions sts = new StsActions(callers);
    return Map.of(
        "GetCallerIdentity",
        sts::identity,
        "AssumeRole",
        sts::assume,
        UNSIGNED,
        sts::assumeWithToken);
  }

  private JsonObject identity(ApiCall call) {
    Caller caller = callers.find(call.required("AccessKeyId"));
    JsonObject answer =
        WireJson.object(
            "AccountId", account(caller),
            "IdentityType", caller.type(),
            "Arn", caller.arn(),
            "PrincipalId", caller.id());
    if (caller.until() == null) {
      answer.addProperty("UserId", caller.id());
    } else {
      answer.addProperty("RoleId", caller.id().split(":", 2)[0]);
    }
    return answer;
  }

  /** The number in an ARN. */
  private static String account(Caller caller) {
    return caller.arn().split(":", -1)[3];
  }

  private JsonObject assumeWithToken(ApiCall call) {
    if (!callers.areOpen()) {
      // The keys that it issues would open a user's own sandbox to every user of the machine.
      throw ApiException.of("AuthenticationFail.NoPermission");
    }
    if (!PROVIDER.matcher(call.required("OIDCProviderArn")).matches()) {
      throw ApiException.of("InvalidParameter.OIDCProviderArn");
    }
    return assume(call);
  }

  private JsonObject assume(ApiCall call) {
    Matcher role = ROLE.matcher(call.required("RoleArn"));
    String session = call.required("RoleSessionName");
    if (!role.matches()) {
      throw ApiException.of("InvalidParameter.RoleArn");
    }
    if (!SESSION.matcher(session).matches()) {
      throw ApiException.of("InvalidParameter.RoleSessionName");
    }
    String name = role.group(2);
    String arn = "acs:sts::" + role.group(1) + ":assumed-role/" + name + "/" + session;
    String id = "3" + Math.floorMod(name.hashCode(), 1_000_000_000) + ":" + session;
    Caller caller = callers.issue(arn, id, Duration.ofSeconds(call.number("DurationSeconds")));
    JsonObject answer = new JsonObject();
    answer.add("AssumedRoleUser", WireJson.object("Arn", arn, "AssumedRoleId", id));
    answer.add(
        "Credentials",
        WireJson.object(
            "AccessKeyId", caller.keys().keyId(),
            "AccessKeySecret", caller.keys().secret(),
            "SecurityToken", Objects.requireNonNull(caller.keys().token()),
            "Expiration",
                Objects.requireNonNull(caller.until()).truncatedTo(ChronoUnit.SECONDS).toString()));
    return answer;
  }
}
