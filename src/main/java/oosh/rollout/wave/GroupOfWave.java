package oosh.rollout.wave;

/**
 * A group of a rollout, as it was found when that was planned.
 *
 * @param position in the whole rollout, the first has 0
 * @param wave the number of its wave
 * @param name as ESS had it; "" if it has none
 * @param instances that were to be touched
 * @param confirmed whether a person has typed its id: then a severe plan of it is started
 */
public record GroupOfWave(
    int position,
    int wave,
    String region,
    String group,
    String name,
    int instances,
    boolean confirmed) {
  /** A group that nobody has confirmed by its id. */
  public GroupOfWave(
      int position, int wave, String region, String group, String name, int instances) {
    this(position, wave, region, group, name, instances, false);
  }

  public GroupOfWave withConfirmed(boolean byItsId) {
    return new GroupOfWave(position, wave, region, group, name, instances, byItsId);
  }
}
