package oosh.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to the memory: what was meant, started and seen. What a changing method has returned
 * from survives the death of the process. Every method may throw a {@link Problem} (a full disk, a
 * damaged file); reading never asks the network.
 */
public interface Journal extends AutoCloseable {
  /** Writes down what is about to be asked; durable on return. */
  void intend(Intent intent);

  /** The service has named the execution of that token. */
  void started(String token, Execution execution);

  /** The service said no, or was not reached: nothing was executed. */
  void refused(String token, String why);

  /** Nobody knows whether it was executed. */
  void uncertain(String token, String why);

  /** What an execution looks like now; one that was started elsewhere is added. */
  void seen(Context context, Execution execution, int succeeded, int total);

  /** What {@code history} asks for; a null matches all. */
  record Query(
      @Nullable String profile,
      @Nullable String region,
      @Nullable String group,
      @Nullable String status,
      @Nullable Instant since,
      int limit) {}

  /** Newest first. */
  List<Entry> history(Query query);

  Optional<Entry> find(String executionId);

  /** Executions of that profile and region whose id begins so, newest first. */
  List<Entry> startingWith(Context context, String prefix, int limit);

  /**
   * What {@code rollback} offers: launches of this context (its group if one is chosen) that have
   * an execution id beginning so, newest first, those without a way back included.
   */
  List<Entry> rollbackSources(Context context, String prefix, int limit);

  /** Remembers the groups of a region, so that Tab need not ask for them. */
  void remember(String profile, String region, List<ScalingGroup> groups);

  /** The groups last remembered, in the order they came. */
  List<ScalingGroup> groups(String profile, String region);

  @Override
  void close();
}
