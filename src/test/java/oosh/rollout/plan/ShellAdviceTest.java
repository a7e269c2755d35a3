package oosh.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.Warning;
import oosh.rollout.Warning.Code;
import oosh.rollout.update.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script's lines tell, and that its first line decides whether a shell runs it. */
class ShellAdviceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/usr/bin/env python3\nimport sys\nprint(\"deploy\")\n",
        "#!/usr/bin/env -S PYTHONPATH=/srv python3 -u\nread = 1\n",
        "#!/usr/bin/perl -w\nprint 1 &\n",
        "#!/opt/ruby/bin/ruby\nreboot\n"
      })
  void givesNoShellAdviceOnAnotherLanguage(String text) {
    assertThat(codes(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#!/bin/sh\n",
        "#! /bin/bash\n",
        "#!/usr/bin/env bash\n",
        "#!/bin/dash\n",
        "#!/bin/ksh93\n",
        "#!/bin/busybox sh\n",
        "#!/bin/zsh\n"
      })
  void givesItOnEveryShell(String first) {
    assertThat(codes(first + "cd /srv\n")).containsExactly(Code.SCRIPT_HIDES_ERRORS);
  }

  @Test
  void saysOfAnyLanguageThatItsLineEndsAreWrong() {
    assertThat(codes("#!/usr/bin/env python3\r\nprint(1)\r\n"))
        .containsExactly(Code.SCRIPT_LINE_ENDS);
  }

  @Test
  void namesTheLineForSetE() {
    assertThat(remedies("echo 1\n"))
        .containsExactly("put 'set -e' on its first line, then stage it again");
    assertThat(remedies("#!/bin/sh\necho 1\n"))
        .containsExactly("put 'set -e' on its second line, then stage it again");
  }

  @Test
  void namesTheSetThatLetsErrorsPass() {
    assertThat(texts("set -e\ncd /srv\nset +e\nfalse\ntrue\n"))
        .containsExactly(
            "deploy.sh ignores errors from line 3 on (set +e): only its last command counts");
    assertThat(texts("set -e\nset +e\ngrep x y\nset -e\ntrue\n")).isEmpty();
    assertThat(texts("#!/bin/sh -e\nset +o errexit\nfalse\nexit 0\n"))
        .containsExactly(
            "deploy.sh ignores errors from line 2 on (set +e) and always exits with 0,"
                + " so OOS cannot see a failure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trap 'exit 0' EXIT", "trap \"rm -f x; exit 0\" ERR", "  trap 'exit 0;' 0 TERM"})
  void namesATrapThatEndsItWell(String trap) {
    assertThat(texts("set -e\n" + trap + "\nfalse\n"))
        .containsExactly("line 2 of deploy.sh ends it with exit 0, whatever fails");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trap 'rm -f x' EXIT", "trap 'exit 1' ERR", "trap 'exit 0' TERM"})
  void leavesOtherTrapsAlone(String trap) {
    assertThat(codes("set -e\n" + trap + "\nfalse\n")).isEmpty();
  }

  @Test
  void warnsOfAScriptOfCommentsAlone() {
    assertThat(texts("#!/bin/sh\n# to come\n\n"))
        .containsExactly("deploy.sh has only comments: it does nothing and succeeds");
    assertThat(codes("#!/usr/bin/python3\n")).containsExactly(Code.SCRIPT_EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reboot", "sudo shutdown -r now", "/sbin/reboot -f", "systemctl reboot", "init 6"})
  void warnsOfARestartOfTheInstance(String line) {
    assertThat(texts("set -e\n" + line + "\n"))
        .containsExactly(
            "line 2 of deploy.sh restarts or stops the instance while the script runs there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"systemctl restart web", "echo reboot", "# reboot", "rebooted=1"})
  void leavesOtherRestartsAlone(String line) {
    assertThat(codes("set -e\n" + line + "\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nohup ./server &", "./server >log 2>&1 &", "sleep 5 & # later"})
  void warnsOfWhatIsLeftRunning(String line) {
    assertThat(texts("set -e\n" + line + "\n"))
        .containsExactly(
            "line 2 of deploy.sh leaves a process running: OOS does not see whether it works");
    assertThat(codes("set -e\n" + line + "\nwait\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a && b", "a &&\nb", "make >&2", "make 2>&1", "echo 'a &'", "x) a ;;&"})
  void leavesOtherAmpersandsAlone(String lines) {
    assertThat(codes("set -e\n" + lines + "\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read -t 5 answer", "read -rt5 answer", "read -r -t \"$N\" x"})
  void aReadWithATimeWaitsNoLonger(String line) {
    assertThat(codes("set -e\n" + line + "\n")).isEmpty();
  }

  private static List<Code> codes(String text) {
    return ShellAdvice.of(Script.ofText("deploy.sh", text)).stream().map(Warning::code).toList();
  }

  private static List<String> remedies(String text) {
    return ShellAdvice.of(Script.ofText("deploy.sh", text)).stream().map(Warning::remedy).toList();
  }

  private static List<String> texts(String text) {
    return ShellAdvice.of(Script.ofText("deploy.sh", text)).stream().map(Warning::text).toList();
  }
}
