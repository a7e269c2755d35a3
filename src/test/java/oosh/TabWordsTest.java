package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import oosh.journal.H2Journal;
import oosh.journal.JournalLock;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What oosh answers to the user's shell, which waits for it with a key pressed. */
class TabWordsTest extends ShellFixture {
  private static final String HANGZHOU = "cn-hangzhou";

  @TempDir Path folder;

  static Map<String, String> env(Path home) {
    return Map.of(
        "OOSH_HOME",
        home.toString(),
        "OOSH_CONFIG",
        "no",
        "OOSH_PROFILE",
        Profile.SANDBOX,
        "ALIBABA_CLOUD_IGNORE_PROFILE",
        "TRUE");
  }

  /**
   * @param line the words behind oosh; what is typed of the last one may be empty
   */
  private static String answer(Map<String, String> env, String line) {
    List<String> words = List.of(line.split(" ", -1));
    return TabWords.words(words.subList(0, words.size() - 1), words.get(words.size() - 1), env);
  }

  private static Stream<String> words(Map<String, String> env, String line) {
    return answer(env, line).lines().skip(1).map(word -> word.split("\t", 2)[0]);
  }

  static ScalingGroup group(String id) {
    return new ScalingGroup(
        id, "web", HANGZHOU, "Active", 1, 0, 0, 0, 0, 2, Set.of(), "ECS", false);
  }

  @Test
  void offersWhatTheJournalHas() throws IOException {
    run(STAGED + "launch -y");
    String id =
        String.valueOf(backends.journal().history().startingWith(WEB, "", 1).get(0).executionId());
    Map<String, String> env = env(backends.home());
    for (String line :
        List.of(
            "watch ", "rollback ", "show " + id.substring(0, 7), "--group asg-bp1web report ")) {
      assertThat(words(env, line)).as(line).contains(id);
    }
    assertThat(answer(env, "watch ")).startsWith("word\n").contains("Success 6/6  deploy.sh");
    assertThat(words(env, "history --group ")).containsExactly(GROUP);
    assertThat(words(env, "launch --group ")).containsExactly(GROUP);
    assertThat(words(env, "--group ")).containsExactly(GROUP);
    assertThat(words(env, "history --script ")).containsExactly("deploy.sh");
    assertThat(words(env, "--group asg-bp1web stage only ")).contains("i-bp1a", "i-bp1f");
    assertThat(answer(env, "--group asg-bp1web rollback --only i-bp1a,"))
        .startsWith("part\ni-bp1a,");
  }

  @Test
  void offersProfilesAndRegionsWithoutAJournal() {
    Map<String, String> env = env(folder.resolve("none"));
    assertThat(words(env, "--profile ")).containsExactly(Profile.SANDBOX);
    assertThat(words(env, "use profile ")).contains(Profile.SANDBOX);
    assertThat(words(env, "launch --region ")).contains(HANGZHOU);
    assertThat(words(env, "stage role ")).contains("OOSServiceRole");
  }

  @Test
  void makesNothingWhereThereIsNothing() {
    Path none = folder.resolve("none");
    for (String line : List.of("watch ", "rollback ", "use group ", "history --user ", "bogus ")) {
      assertThat(answer(env(none), line)).as(line).isEmpty();
    }
    assertThat(none).doesNotExist();
  }

  @Test
  void saysNothingOfWhatItCannotRead() throws IOException {
    Files.writeString(folder.resolve("journal.mv.db"), "no database, and longer than a header\n");
    assertThat(answer(env(folder), "watch ")).isEmpty();
    assertThat(folder.resolve("journal.mv.db")).hasContent("no database, and longer than a header");
    Map<String, String> wrong = new HashMap<>(env(folder));
    wrong.put("OOSH_JOURNAL", "jdbc:nothing");
    assertThat(answer(wrong, "watch ")).isEmpty();
    assertThat(answer(env(folder), "--profile nobody watch ")).isEmpty();
    assertThat(answer(env(folder), "--bogus watch ")).isEmpty();
  }

  @Test
  void doesNotWaitForAProcessThatWrites() throws Exception {
    H2Journal.open(folder).close();
    CompletableFuture<Void> isHeld = new CompletableFuture<>();
    CompletableFuture<Void> isAnswered = new CompletableFuture<>();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                new JournalLock(folder.resolve("journal.turn"))
                    .hold(
                        true,
                        Duration.ofSeconds(5),
                        () -> false,
                        () -> {
                          isHeld.complete(null);
                          isAnswered.join();
                        });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    isHeld.join();
    assertThat(answer(env(folder), "watch ")).isEmpty();
    isAnswered.complete(null);
    writer.join();
  }

  /** Its server would not answer: no process listens there. */
  @Test
  void ofATeamsJournalItAsksTheCopy() throws IOException {
    Path copy = folder.resolve("team");
    try (H2Journal journal = H2Journal.open(copy)) {
      journal.choices().cacheGroups(Profile.SANDBOX, HANGZHOU, List.of(group("asg-team")));
    }
    Map<String, String> env = new HashMap<>(env(folder));
    env.put("OOSH_JOURNAL", "jdbc:postgresql://localhost:1/oosh?user=li");
    assertThat(answer(env, "use group ")).as("a copy of which journal?").isEmpty();
    Files.writeString(copy.resolve("seen"), "1 1 oosh at localhost:1");
    assertThat(words(env, "use group ")).containsExactly("asg-team");
  }

  @Test
  void noWordActsOnATerminal() {
    try (H2Journal journal = H2Journal.open(folder)) {
      journal
          .choices()
          .cacheGroups(
              Profile.SANDBOX,
              HANGZHOU,
              Stream.of("a\nb", "\u001b[31mred", "tab\tbed", "bell\u0007", "$(id) `id` 'x' \"é中\"")
                  .map(TabWordsTest::group)
                  .toList());
    }
    assertThat(words(env(folder), "use group ")).containsExactly("$(id) `id` 'x' \"é中\"");
  }
}
