package oosh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTest {
  @TempDir Path folder;

  @Test
  void saysWhereToBeginAndWhatToRun() throws IOException {
    Config config =
        read(
            """
            # Where to begin.
            profile: production
            region: cn-shanghai
            group: asg-bp1web
            hooks:
              before-launch: [/opt/oosh/window, --strict]
              after-end:
                - /opt/oosh/tell
                - "#web"
              within: 10s
            set:
              keys: vi
              pager: off
            """);
    assertThat(config.profile()).isEqualTo("production");
    assertThat(config.region()).isEqualTo("cn-shanghai");
    assertThat(config.group()).isEqualTo("asg-bp1web");
    assertThat(config.hooks().on(Hooks.Event.BEFORE_LAUNCH))
        .contains(List.of("/opt/oosh/window", "--strict"));
    assertThat(config.hooks().on(Hooks.Event.AFTER_END))
        .contains(List.of("/opt/oosh/tell", "#web"));
    assertThat(config.hooks().on(Hooks.Event.ON_FAILURE)).isEmpty();
    assertThat(config.hooks().within()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.set()).isEqualTo(Map.of(ShellOption.KEYS, "vi", ShellOption.PAGER, "off"));
  }

  @Test
  void aValueIsReadAsItIsWritten() throws IOException {
    assertThat(read("profile: no\nregion: 010").profile()).isEqualTo("no");
    assertThat(read("region: 010").region()).isEqualTo("010");
  }

  @Test
  void nothingIsSetWhereThereIsNoFileOrAnEmptyOne() throws IOException {
    assertThat(ConfigFile.read(Map.of(), Optional.of(folder))).isEqualTo(Config.EMPTY);
    assertThat(ConfigFile.read(Map.of(), Optional.empty())).isEqualTo(Config.EMPTY);
    assertThat(read("# nothing yet\n")).isEqualTo(Config.EMPTY);
  }

  @Test
  void theOwnNameOfAProfileWinsAndAMarkWinsAmongPatterns() throws IOException {
    ProfileRules profiles =
        read("""
                profiles:
                  "*-eu": {colour: blue, mark: none}
                  prod-*: {colour: red, mark: production}
                  prod-test: {mark: none}
                  staging: {colour: green}
                """)
            .profiles();
    assertThat(profiles.of("prod-cn")).isEqualTo(new ProfileMark(true, ProfileMark.Colour.RED));
    assertThat(profiles.of("prod-eu")).isEqualTo(new ProfileMark(true, ProfileMark.Colour.BLUE));
    assertThat(profiles.of("prod-test")).isEqualTo(new ProfileMark(false, ProfileMark.Colour.RED));
    assertThat(profiles.of("staging")).isEqualTo(new ProfileMark(false, ProfileMark.Colour.GREEN));
    assertThat(profiles.of("prod")).isEqualTo(ProfileMark.NONE);
    assertThat(profiles.of("Prod-cn")).isEqualTo(ProfileMark.NONE);
  }

  @Test
  void aPatternHasStarsAndQuestionMarks() {
    assertThat(matches("*", "")).isTrue();
    assertThat(matches("a*c*e", "abcde")).isTrue();
    assertThat(matches("a*c", "abcb")).isFalse();
    assertThat(matches("p?", "p")).isFalse();
    assertThat(matches("p?", "pé")).isTrue();
    assertThat(matches("p.d", "prd")).isFalse();
    assertThat(matches("*a".repeat(40), "a".repeat(39) + "b")).isFalse();
  }

  private static boolean matches(String pattern, String profile) {
    return new ProfileRules(List.of(new ProfileRules.Rule(pattern, true, null)))
        .of(profile)
        .production();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("profil: x", "line 1, column 1", "there is no key \"profil\""),
        Arguments.of(
            "hooks:\n  before-lunch: [/x]", "line 2, column 3", "no key \"hooks.before-lunch\""),
        Arguments.of("profile: a\nprofile: b", "line 2, column 1", "\"profile\" is set twice"),
        Arguments.of("profile: [a]", "line 1, column 10", "profile takes a name"),
        Arguments.of("region:", "line 1, column 8", "region takes a name"),
        Arguments.of("hooks: no", "line 1, column 8", "it is not \"KEY: VALUE\""),
        Arguments.of("hooks:\n  after-end: /x y", "line 2, column 14", "takes a list such as"),
        Arguments.of("hooks:\n  after-end: []", "line 2, column 14", "takes a list such as"),
        Arguments.of("hooks:\n  after-end: [tell]", "line 2, column 15", "is named from / on"),
        Arguments.of("hooks:\n  within: 0s", "line 2, column 11", "takes 1s to 300s"),
        Arguments.of("hooks:\n  within: 5m", "line 2, column 11", "takes 1s to 300s"),
        Arguments.of("set:\n  keys: ed", "line 2, column 9", "set.keys takes emacs or vi"),
        Arguments.of("set:\n  bell: on", "line 2, column 3", "there is no key \"set.bell\""),
        Arguments.of("profiles: x", "line 1, column 11", "a profile's name or a pattern"),
        Arguments.of(
            "profiles:\n  p:\n    marc: x", "line 3, column 5", "no key \"profiles.p.marc\""),
        Arguments.of(
            "profiles:\n  p:\n    mark: prod", "line 3, column 11", "mark takes production, none"),
        Arguments.of(
            "profiles:\n  p: {colour: pink}", "line 2, column 15", "colour takes red, green"),
        Arguments.of("profiles:\n  p: {}\n  p: {}", "line 3, column 3", "is set twice"),
        Arguments.of("profiles:\n  \"\": {}", "line 2, column 3", "name or a pattern"),
        Arguments.of("just words", "line 1, column 1", "it is not \"KEY: VALUE\""),
        Arguments.of("profile: 'open", "line 1, column 15", "it is not valid YAML"),
        Arguments.of("profile: &x [*x", "line 1, column 10", "an anchor is not taken"),
        Arguments.of("profile: a\n---\nprofile: b", "line 2, column 1", "a second document"),
        Arguments.of("region: \"\\e[31mred\"", "line 1, column 9", "another control character"),
        Arguments.of(
            "profile: \u0007", "line 1, column 10", "a character that YAML does not allow"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String text, String place, String why) throws IOException {
    write(text);
    Problem problem =
        catchThrowableOfType(Problem.class, () -> ConfigFile.read(Map.of(), Optional.of(folder)));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
    assertThat(problem.what()).contains(folder + "/config").contains(place);
    assertThat(problem.why()).contains(why);
    assertThat(problem.next()).isEqualTo("correct it, or go on without it: OOSH_CONFIG=no oosh");
    assertThat(ConfigFile.read(Map.of("OOSH_CONFIG", "no"), Optional.of(folder)))
        .isEqualTo(Config.EMPTY);
  }

  @Test
  void itStandsInTheFolderOfSettingsAndNeverInTheCurrentOne() {
    Optional<Path> home = Optional.of(Path.of("/home/ann"));
    assertThat(ConfigFolder.of(Map.of(), home)).contains(Path.of("/home/ann/.config/oosh"));
    assertThat(ConfigFolder.of(Map.of("XDG_CONFIG_HOME", "/etc/ann"), home))
        .contains(Path.of("/etc/ann/oosh"));
    for (String nowhere : List.of("", ".", "config", "./config")) {
      assertThat(ConfigFolder.of(Map.of("XDG_CONFIG_HOME", nowhere), home))
          .contains(Path.of("/home/ann/.config/oosh"));
      assertThat(ConfigFolder.of(Map.of("XDG_CONFIG_HOME", nowhere), Optional.empty())).isEmpty();
    }
    assertThat(ConfigFolder.of(Map.of(), Optional.of(Path.of("here")))).isEmpty();
  }

  @Test
  void everyKeyIsDocumented() throws IOException {
    String page = Files.readString(Path.of("docs/config.md"));
    for (String key : ConfigText.KEYS) {
      assertThat(page).contains("| `" + key);
    }
    for (String key : ConfigText.HOOK_KEYS) {
      assertThat(page).contains("| `hooks." + key);
    }
    for (String key : ConfigText.JOURNAL_KEYS) {
      assertThat(page).contains("| `journal." + key);
    }
    for (ShellOption option : ShellOption.values()) {
      assertThat(page)
          .contains("| `set." + option.word() + "` | `" + String.join("` or `", option.choices()))
          .contains(option.says() + "; `" + option.usual() + "` by default");
    }
  }

  @Test
  void everyKeyOfAProfileIsDocumented() throws IOException {
    String page = Files.readString(Path.of("docs/config.md"));
    for (String key : ConfigText.PROFILE_KEYS) {
      assertThat(page).contains("| `profiles.NAME." + key);
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("config"), text);
  }

  private Config read(String text) throws IOException {
    write(text);
    return ConfigFile.read(Map.of(), Optional.of(folder));
  }
}
