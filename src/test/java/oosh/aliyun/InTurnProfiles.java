package oosh.aliyun;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import oosh.rollout.ParallelReads;
import org.jspecify.annotations.Nullable;

/** Profiles whose questions are asked one after the other, and whose sandbox is open to all. */
public final class InTurnProfiles {
  private InTurnProfiles() {}

  public static AliyunProfiles of(
      Map<String, String> env,
      @Nullable Path configFile,
      Supplier<URI> sandboxEndpoint,
      InstantSource clock) {
    return new AliyunProfiles(
        env,
        configFile,
        () -> LocalService.open(sandboxEndpoint.get()),
        clock,
        ParallelReads.IN_TURN);
  }
}
