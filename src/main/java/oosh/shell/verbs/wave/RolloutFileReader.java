package oosh.shell.verbs.wave;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import oosh.config.StrictYaml;
import oosh.config.TrustedFile;
import oosh.config.YamlValue;
import oosh.rollout.Problem;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import org.jspecify.annotations.Nullable;

/*
 * script: deploy.sh            # beside this file
 * rollback: undo.sh
 * batch: 2
 * gates: [{http: "8080/health", within: 2m}]
 * waves:
 *   - {region: cn-hangzhou, group: asg-bp1db}
 *   - {region: cn-hangzhou, groups: [asg-bp1web, asg-bp1api], at-once: 2, bake: 10m}
 */
/**
 * Reads a rollout file. The keys of its update are the staging options of {@code launch}, read by
 * the same verbs; nothing of what is staged or chosen in the session counts, or is changed.
 */
public final class RolloutFileReader {
  static final String WAVES = "waves";
  static final String MAX_FAILURES = "max-failures";

  /** All keys, in the order in which a file has them. */
  static final List<String> KEYS =
      Stream.concat(StagedKeys.KEYS.stream(), Stream.of(MAX_FAILURES, WAVES)).toList();

  private RolloutFileReader() {}

  /**
   * Reads a file with the scripts that it names.
   *
   * @param typed its name
   * @throws Problem REFUSED with line and column for what it does not take; or as a staging verb
   *     that asks a service, about a template for example
   */
  public static RolloutFile read(Session session, String typed) throws InterruptedException {
    Path file = SessionFile.file(typed).toAbsolutePath().normalize();
    String text =
        TrustedFile.read("the rollout file", file, StrictYaml.MOST_BYTES)
            .orElseThrow(
                () ->
                    Problem.refused(
                        "cannot use the rollout file " + typed,
                        "there is no such file",
                        "show --as-file " + typed + " writes one from what is staged"));
    FileMistakes mistakes = new FileMistakes(typed);
    YamlValue.Fields top =
        mistakes.fields(
            StrictYaml.read(text, mistakes::of)
                .orElseThrow(() -> mistakes.of(null, "there is nothing in it")),
            "it is not \"KEY: VALUE\"; the keys are " + String.join(", ", KEYS));
    for (YamlValue.Field field : top.fields()) {
      if (!KEYS.contains(field.key())) {
        throw mistakes.noKey(field, "at the top", KEYS);
      }
    }
    YamlValue waves = value(top, WAVES);
    if (waves == null) {
      throw mistakes.of(
          null, "it has no waves", "add waves: [{region: cn-hangzhou, group: asg-bp1web}]");
    }
    YamlValue failures = value(top, MAX_FAILURES);
    int maxFailures =
        failures == null ? 0 : mistakes.number(failures, MAX_FAILURES, 0, RolloutFile.MOST_GROUPS);
    List<Wave> all = new WaveKeys(mistakes, session.backends().profiles().regions()).waves(waves);
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalStateException(file + " is a root");
    }
    // Nothing is staged or chosen in it: the file says all.
    Session own = GroupSession.at(session, all.get(0).region());
    new StagedKeys(own, new FolderFiles(folder, mistakes)).stage(top);
    UpdateMethod method = own.context().method();
    return new RolloutFile(
        String.valueOf(file.getFileName()),
        // What its template declares is told of one region; each group's plan reads it again.
        UpdateMethod.of(method.word()).orElse(method),
        own.staging(),
        maxFailures,
        all);
  }

  private static @Nullable YamlValue value(YamlValue.Fields top, String key) {
    return top.fields().stream()
        .filter(f -> f.key().equals(key))
        .map(YamlValue.Field::value)
        .findFirst()
        .orElse(null);
  }
}
