package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.journal.H2Journal;
import oosh.rollout.cloud.Profile;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep finds a key where there is one: a search that cannot fail says nothing. */
class SecretLeakSearchSelfTest {
  @TempDir Path folder;

  @Test
  void findsAKeyInAJournal() throws IOException {
    remember("a reason like any other");
    assertThat(SecretLeakFixture.search(folder).found()).isEmpty();

    remember("the secret is " + SecretLeakFixture.SECRET);

    assertThat(SecretLeakFixture.search(folder).found())
        .singleElement()
        .asString()
        .contains("sweptsecret9c2e", "journal.mv.db");
  }

  @Test
  void findsEveryKeyOnAScreenInEveryEncodingOfAnAddress() throws IOException {
    for (String key :
        List.of(
            SecretLeakFixture.KEY_ID,
            SecretLeakFixture.SECRET,
            SecretLeakFixture.WRONG_SECRET,
            SecretLeakFixture.TOKEN,
            SecretLeakFixture.OLD_TOKEN)) {
      String once = URLEncoder.encode(key, StandardCharsets.UTF_8);
      for (String form : List.of(key, once, URLEncoder.encode(once, StandardCharsets.UTF_8))) {
        SecretLeakFixture.seen(folder, "some \u001b[1mscreen\u001b[0m with " + form + " in it");

        assertThat(SecretLeakFixture.search(folder).found()).as(form).hasSize(1);
        Files.delete(folder.resolve("screens"));
      }
    }
  }

  private void remember(String reason) {
    Intent intent =
        new Intent(
            "token-" + reason.length(),
            new Launch(
                new Context(Profile.SANDBOX, "cn-hangzhou", "asg-web", UpdateMethod.RUN_SCRIPT),
                1,
                UpdateSpec.EMPTY
                    .withScript(Script.ofText("a.sh", "true\n"), CommandType.SHELL)
                    .withRollbackScript(Script.ofText("b.sh", "true\n")),
                Set.of(),
                reason,
                List.of(),
                Map.of()),
            new Initiator("li", "ops-1", 4711),
            Instant.EPOCH);
    try (Journal journal = H2Journal.open(folder)) {
      journal.starts().intend(intent);
      journal.starts().markRefused(intent.token(), "no");
    }
  }
}
