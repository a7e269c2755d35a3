package oosh.aliyun;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;

/**
 * A real profile and the sandbox's, both sent to one address through the real SDK; a read that is
 * asked again is asked at once, so that ten thousand bad answers take seconds.
 */
public final class RealProfilesWithoutRetryDelay implements Profiles {
  /** The key id of every profile but the sandbox. */
  public static final String KEY = "LTAIprodkey";

  private final URI address;
  private final InstantSource clock;

  public RealProfilesWithoutRetryDelay(URI address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  @Override
  public List<Profile> list() {
    return List.of(named("prod"), named("other"), named(Profile.SANDBOX));
  }

  @Override
  public Profile preferred() {
    return named("prod");
  }

  @Override
  public Profile named(String name) {
    if (!List.of("prod", "other", Profile.SANDBOX).contains(name)) {
      throw Problem.of(Problem.Kind.CREDENTIALS, "no profile " + name, "there is none", "use prod");
    }
    return new Profile(name, "AK", "cn-hangzhou", "config.json", null);
  }

  @Override
  public String masked(String text) {
    return text;
  }

  @Override
  public List<String> regions() {
    return Endpoints.REGIONS;
  }

  @Override
  public Cloud open(Profile profile, String region) {
    String key = profile.isSandbox() ? "sandbox" : KEY;
    StaticCredentialsProvider keys =
        new StaticCredentialsProvider(new BasicCredentials(key, "secretsecretsecret"));
    RpcClient caller =
        new RpcClient(
            profile.name(),
            Endpoints.checkedRegion(region),
            keys,
            new HttpTransport(new HttpClients(Map.of()), () -> address, HttpTransport.MAX_BODY),
            clock,
            pause -> {});
    return new Cloud(
        new AliyunExecutions(caller, ParallelReads.IN_TURN),
        new AliyunScalingGroups(caller),
        new AliyunCatalogue(caller),
        new AliyunInventory(caller),
        () -> new AliyunTrafficHealth(caller),
        new AliyunCaller(caller, keys),
        ParallelReads.IN_TURN);
  }
}
