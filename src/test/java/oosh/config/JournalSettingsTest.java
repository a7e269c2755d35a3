package oosh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSettingsTest {
  @TempDir Path folder;

  @Test
  void theVariableWinsOverTheConfigFile() throws IOException {
    Files.writeString(
        folder.resolve("config"),
        "journal:\n  url: jdbc:postgresql://db/oosh\n  password-file: /home/li/.oosh-password\n");
    JournalSettings read = ConfigFile.read(Map.of(), Optional.of(folder)).journal();
    assertThat(read.url()).isEqualTo("jdbc:postgresql://db/oosh");
    assertThat(read.passwordFile()).isEqualTo(Path.of("/home/li/.oosh-password"));
    assertThat(read.source(Map.of())).isEqualTo("journal.url");
    Map<String, String> env = Map.of("OOSH_JOURNAL", "jdbc:postgresql://other/oosh");
    assertThat(read.or(env).url()).isEqualTo("jdbc:postgresql://other/oosh");
    assertThat(read.or(env).source(env)).isEqualTo("OOSH_JOURNAL");
    assertThat(read.or(Map.of("OOSH_JOURNAL", "no"))).isEqualTo(JournalSettings.NONE);
    assertThat(read.or(Map.of("OOSH_JOURNAL", ""))).isEqualTo(read);
  }

  @Test
  void aPasswordComesFromOnePlaceNamedFromTheRoot() {
    for (String wrong :
        List.of(
            "journal: {password-file: secret}",
            "journal: {password-command: [get-it]}",
            "journal: {password-command: /usr/bin/get-it oosh}",
            "journal: {password-file: /a, password-command: [/b]}",
            "journal: {password: geheim}",
            "journal: jdbc:postgresql://db/oosh")) {
      assertThatThrownBy(
              () -> {
                Files.writeString(folder.resolve("config"), wrong + "\n");
                ConfigFile.read(Map.of(), Optional.of(folder));
              })
          .as(wrong)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("cannot use the config file")
          .hasMessageNotContaining("geheim");
    }
  }

  @Test
  void readsAFileThatNobodyElseCanRead() throws IOException {
    Path file = secret("password", "geheim-42\n", "rw-------");
    assertThat(new JournalSettings(null, file, List.of()).password(null)).isEqualTo("geheim-42");
    Path open = secret("open", "geheim-42\n", "rw-r-----");
    assertThatThrownBy(() -> new JournalSettings(null, open, List.of()).password(null))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.why()).isEqualTo("other users can read " + open);
              assertThat(p.next()).isEqualTo("chmod 600 " + open);
            });
    assertThatThrownBy(
            () -> new JournalSettings(null, folder.resolve("none"), List.of()).password(null))
        .hasMessageContaining("cannot read the password of the journal");
    assertThatThrownBy(() -> JournalSettings.NONE.password(open)).isInstanceOf(Problem.class);
    assertThat(JournalSettings.NONE.password(file)).as("the driver reads it").isNull();
  }

  @Test
  void asksAProgram() throws IOException {
    Path good = secret("good", "#!/bin/sh\necho geheim-42\n", "rwx------");
    assertThat(new JournalSettings(null, null, List.of(good.toString())).password(null))
        .isEqualTo("geheim-42");
    Path bad = secret("bad", "#!/bin/sh\necho geheim-43\nexit 3\n", "rwx------");
    assertThatThrownBy(
            () -> new JournalSettings(null, null, List.of(bad.toString())).password(null))
        .isInstanceOfSatisfying(
            Problem.class,
            p ->
                assertThat(p.why())
                    .isEqualTo("journal.password-command ended with status 3")
                    .doesNotContain("geheim"));
    Path silent = secret("silent", "#!/bin/sh\n", "rwx------");
    assertThatThrownBy(
            () -> new JournalSettings(null, null, List.of(silent.toString())).password(null))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).endsWith("printed nothing"));
  }

  private Path secret(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
