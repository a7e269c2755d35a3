package oosh.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyleTest {
  private static final Style NARROW = Style.plain(40);

  @Test
  void breaksASentenceBetweenWords() {
    assertThat(NARROW.wrapped("staged script deploy.sh (sha aebc9f, 214 bytes, RunShellScript)"))
        .isEqualTo(
            """
            staged script deploy.sh (sha aebc9f, 214
                bytes, RunShellScript)""");
    assertThat(Style.plain(Style.ENDLESS).wrapped("word ".repeat(1000)))
        .isEqualTo("word ".repeat(1000));
  }

  @Test
  void breaksWhatIsToBeTypedOnlyBetweenCommands() {
    assertThat(
            NARROW.advice(
                "1 instance may be in Standby and its processes stay suspended\n"
                    + "next: retry exec-0000000000000001, outputs exec-0000000000000001,"
                    + " or launch -m \"web, new; and long enough\" --on-failure pause"))
        .isEqualTo(
            """
            1 instance may be in Standby and its
                processes stay suspended
            next: retry exec-0000000000000001,
                  outputs exec-0000000000000001,
                  or launch -m \\
                      "web, new; and long enough" \\
                      --on-failure pause""");
  }

  @Test
  void breaksAQuestionBetweenWordsAndLeavesRoomForTheAnswer() {
    assertThat(NARROW.question("type asg-bp1api to launch on 4 instances, profile sandbox: "))
        .isEqualTo("type asg-bp1api to launch on 4\n    instances, profile sandbox: ");
    assertThat(NARROW.question("abort exec-1? [y/N] ")).isEqualTo("abort exec-1? [y/N] ");
  }

  @Test
  void breaksARemedyThatIsNoCommandBetweenWords() {
    assertThat(
            new DescriptionList(NARROW, 7)
                .next("the rollback script must also work where the launch did not run")
                .next("one at a time: stage batch --size 1")
                .next("launch -m \"web, new; and long enough\" --on-failure pause")
                .text())
        .isEqualTo(
            "  next\n"
                + "    the rollback script must also work\n"
                + "    where the launch did not run\n"
                + "  next\n"
                + "    one at a time: stage batch --size 1\n"
                + "  next\n"
                + "    launch -m \\\n"
                + "        \"web, new; and long enough\" \\\n"
                + "        --on-failure pause");
  }

  @Test
  void breaksUsageBeforeAnOption() {
    assertThat(NARROW.usage("watch [EXEC] [--timeout TIME] [--another ONE]"))
        .isEqualTo(
            """
            usage: watch [EXEC] [--timeout TIME]
                   [--another ONE]""");
  }

  @Test
  void putsATextBesideItsLabelOrBelowWhereThereIsNoRoom() {
    assertThat(
            Style.plain(60).beside("  -y, --yes ", 29, 10, "do not ask, and do it at once please"))
        .isEqualTo(
            "  -y, --yes                  do not ask, and do it at once\n"
                + "                             please");
    assertThat(NARROW.beside("  -y, --yes ", 29, 10, "do not ask, and do it at once please"))
        .isEqualTo("  -y, --yes\n          do not ask, and do it at once\n          please");
  }

  @Test
  void breaksACommandSoThatItCanBePasted() {
    Style style = Style.plain(40);
    assertThat(style.command(2, "launch --script deploy.sh --gate 'tcp 80' -m x").lines())
        .containsExactly("  launch --script deploy.sh --gate \\", "      'tcp 80' -m x");
    assertThat(style.command(2, "launch -y")).isEqualTo("  launch -y");
    assertThat(style.advice("next: stage gate http 8080/health --expect 204").lines())
        .containsExactly("next: stage gate http 8080/health \\", "          --expect 204");
  }

  @Test
  void breaksALabelThatIsWiderThanTheScreen() {
    assertThat(
            Style.plain(30)
                .beside("      --gate 'http|tcp|script …'", 29, 10, "what must be")
                .lines())
        .containsExactly("      --gate 'http|tcp|script", "          …'", "          what must be");
  }

  @Test
  void breaksAListBehindAComma() {
    assertThat(Style.plain(24).wrapped("suspends ScaleIn,ScaleOut,HealthCheck,AlarmNotification"))
        .isEqualTo(
            """
            suspends
                ScaleIn,ScaleOut,
                HealthCheck,
                AlarmNotification""");
  }
}
