package oosh.rollout.wave;

import java.time.Instant;
import java.util.List;
import oosh.rollout.hold.Person;
import oosh.rollout.update.Script;

/**
 * A rollout as it was meant: the intent of the whole, which is written before the first group is
 * started.
 *
 * @param id {@code wave-} and 16 hexadecimal digits
 * @param file the name of its file
 * @param content the file's meaning as text, for whoever goes on with it
 * @param through why it starts although a freeze is in force; "" if it does not
 * @param backOnFailure whether all is rolled back once it stops after a failure
 * @param groups in their order, by position
 */
public record WaveRollout(
    String id,
    String profile,
    String file,
    String content,
    String reason,
    String through,
    Person author,
    Instant at,
    boolean backOnFailure,
    List<GroupOfWave> groups) {
  public static final String PREFIX = "wave-";

  public WaveRollout {
    groups = List.copyOf(groups);
  }

  /**
   * A new id.
   *
   * @param token that nothing else has
   */
  public static String newId(String token) {
    return PREFIX + Script.ofText("", token).sha256().substring(0, 16);
  }
}
