package oosh.aliyun;

import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import org.jspecify.annotations.Nullable;

/** The sandbox's profile, through the real SDK; a read that failed is asked again at once. */
public final class SandboxProfilesWithoutRetryDelay {
  private SandboxProfilesWithoutRetryDelay() {}

  /**
   * @param address where every call goes
   * @param token the SecurityToken
   * @param patience the deadline of the next call; null for its own
   */
  public static Profiles at(
      URI address,
      InstantSource clock,
      String keyId,
      String secret,
      String token,
      Supplier<@Nullable Duration> patience) {
    BasicSessionCredentials keys = new BasicSessionCredentials(keyId, secret, token);
    AliyunProfiles real =
        InTurnProfiles.of(Map.of(), Path.of("/nonexistent/config.json"), () -> address, clock);
    HttpTransport transport = new Hasty(address, patience);
    // One client of the SDK for a region: each reads the SDK's tables of endpoints anew.
    Map<String, Cloud> clouds = new ConcurrentHashMap<>();
    return (Profiles)
        java.lang.reflect.Proxy.newProxyInstance(
            SandboxProfilesWithoutRetryDelay.class.getClassLoader(),
            new Class<?>[] {Profiles.class},
            (self, method, arguments) ->
                method.getName().equals("open")
                    ? clouds.computeIfAbsent(
                        (String) arguments[1],
                        region -> open(transport, clock, keys, (Profile) arguments[0], region))
                    : method.invoke(real, arguments));
  }

  private static Cloud open(
      HttpTransport transport,
      InstantSource clock,
      BasicSessionCredentials keys,
      Profile profile,
      String region) {
    RpcClient caller =
        new RpcClient(
            profile.name(),
            region,
            new StaticCredentialsProvider(keys),
            transport,
            clock,
            pause -> {});
    return new Cloud(
        new AliyunExecutions(caller, ParallelReads.IN_TURN),
        new AliyunScalingGroups(caller),
        new AliyunCatalogue(caller),
        new AliyunInventory(caller),
        () -> new AliyunTrafficHealth(caller),
        new AliyunCaller(caller, new StaticCredentialsProvider(keys)),
        ParallelReads.IN_TURN);
  }

  /** The real transport, with a deadline that can be shortened for one call. */
  private static final class Hasty extends HttpTransport {
    private final Supplier<@Nullable Duration> patience;

    Hasty(URI address, Supplier<@Nullable Duration> patience) {
      super(new HttpClients(Map.of()), () -> address, MAX_BODY);
      this.patience = patience;
    }

    @Override
    public HttpResponse syncInvoke(HttpRequest request) {
      Duration hurry = patience.get();
      if (hurry != null) {
        request.setSysReadTimeout((int) hurry.toMillis());
      }
      return super.syncInvoke(request);
    }
  }
}
