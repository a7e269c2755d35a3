package oosh.rollout.wave;

import java.util.List;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;

/**
 * What a rollout file says: one update, and the groups that get it, wave by wave.
 *
 * @param name of the file, without its folder
 * @param method of every group
 * @param spec what is launched on every group, the scripts' texts included
 * @param maxFailures as many groups may fail before nothing more is started; 0 for none
 * @param waves in their order, at least one
 */
public record RolloutFile(
    String name, UpdateMethod method, UpdateSpec spec, int maxFailures, List<Wave> waves) {
  /** As many groups as one rollout takes. */
  public static final int MOST_GROUPS = 500;

  public RolloutFile {
    waves = List.copyOf(waves);
  }

  public Wave wave(int number) {
    return waves.get(number - 1);
  }
}
