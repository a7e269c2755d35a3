package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Script;
import oosh.shell.syntax.StatementRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipes, files, programs and aliases at a prompt, and what a session file may of that. */
class StatementRunnerTest extends ShellFixture {
  @TempDir Path folder;

  private int typed(String text) {
    said.getBuffer().setLength(0);
    return StatementRunner.atPrompt(session().shell(), session()).typed(text);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aPasteEndsAtTheFirstFailureAndSaysWhatWasNotRun() {
    assertThat(typed("use group asg-bp1web\nuse group nope; show\nshow\nhistory")).isEqualTo(1);
    assertThat(oneLine())
        .contains("6 instances in service", "no scaling group nope")
        .endsWith("not run, because \"use group nope\" failed: 3 lines ")
        .doesNotContain("profile sandbox, region");
    assertThat(typed("nope; show")).isEqualTo(2);
    assertThat(oneLine()).endsWith("not run, because \"nope\" failed: the rest of the line ");
  }

  @Test
  void aHereDocumentIsStagedAsItIs() {
    String text = "#!/bin/sh -e\necho \"${x}\" '$1' ; # so\n\n";
    assertThat(typed("stage script <<'web.sh'\n" + text + "web.sh\nshow")).isZero();
    Script script = session().staging().script();
    assertThat(script).isNotNull();
    assertThat(script.name()).isEqualTo("web.sh");
    assertThat(script.text()).isEqualTo(text);
    assertThat(typed("launch --script <<A --help\nA")).isZero();
    assertThat(typed("history <<A\nA")).isEqualTo(2);
    assertThat(oneLine()).contains("history takes no text");
  }

  @Test
  void aPipeHasThePlainAnswerAndNotesStay() {
    assertThat(typed("use group asg-bp1web; show | sed 's/^/> /'")).isZero();
    assertThat(said.toString()).contains("> profile sandbox, region cn-hangzhou");
    assertThat(typed("help | head -1")).isZero();
    assertThat(typed("history nope | cat")).isEqualTo(2);
    assertThat(typed("show | exit 3")).isEqualTo(1);
    assertThat(oneLine()).endsWith("exit status 3: exit 3 ");
    assertThat(typed("!echo it; echo 'is # so'")).isZero();
    assertThat(said.toString()).isEqualTo("it\nis # so\n");
  }

  @Test
  void aFileIsOverwrittenOnlyBehindAYes() throws Exception {
    Path out = folder.resolve("a b.txt");
    assertThat(typed("whoami > '" + out + "'")).isZero();
    String who = Files.readString(out);
    assertThat(who).contains("sandbox");
    answers("n");
    assertThat(typed("help > '" + out + "'")).isEqualTo(3);
    assertThat(out).hasContent(who);
    answers("y");
    // Nothing comes from a verb that there is not.
    assertThat(typed("hlp > '" + out + "'")).isEqualTo(2);
    assertThat(out).hasContent(who);
    answers("y");
    assertThat(typed("alias > '" + out + "'")).isZero();
    assertThat(out).hasContent("no alias yet: alias web = use group $1; stage batch 3\n");
    assertThat(typed("alias >> '" + out + "'")).isZero();
    assertThat(Files.readAllLines(out)).hasSize(2);
    assertThat(typed("show > /dev/null; hlp > " + folder.resolve("new"))).isEqualTo(2);
    assertThat(folder.resolve("new")).doesNotExist();
    assertThat(typed("show > " + folder.resolve("no/x"))).isEqualTo(1);
    assertThat(typed("show > " + folder)).isEqualTo(1);
    assertThat(questions).hasSize(3);
  }

  @Test
  void aLinkIsAskedAboutByWhereItLeads() throws Exception {
    Path real = Files.writeString(folder.resolve("real"), "kept");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    answers("n");
    assertThat(typed("show > " + link)).isEqualTo(3);
    assertThat(questions.get(0)).contains("overwrite " + real.toRealPath());
    assertThat(real).hasContent("kept");
  }

  @Test
  void aFileOrALineOfAnotherShellRunsNoPrograms() throws Exception {
    Path out = folder.resolve("out");
    String file = file("a.oosh", "show | cat > " + out + "\n");
    assertThat(typed("run " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("line 1 runs a program", "run " + file + " --allow-shell");
    assertThat(run("history > " + out)).isEqualTo(2);
    assertThat(run("!touch " + out)).isEqualTo(2);
    String outer = file("b.oosh", "run --allow-shell " + file + "\n");
    assertThat(typed("run " + outer)).isEqualTo(1);
    assertThat(oneLine()).contains("a session file cannot say --allow-shell");
    assertThat(typed("run --check " + file)).isEqualTo(1);
    assertThat(out).doesNotExist();
    assertThat(typed("run --allow-shell " + file("c.oosh", "run " + file + "\n"))).isZero();
    assertThat(out).isNotEmptyFile();
  }

  @Test
  void aParameterIsOneWordAndIsNeverReadAgain() throws Exception {
    String file =
        file(
            "p.oosh",
            "use group ${group}\nstage batch --size ${n}\n"
                + "plan --script '${script}' --query \"join('', ['${q}', '$${q}'])\"\n");
    assertThat(typed("run " + file + " group=asg-bp1web n=2 script=x")).isEqualTo(2);
    assertThat(oneLine()).contains(file + " needs q");
    assertThat(typed("run " + file + " group=a n=2 script=x q=a more=b")).isEqualTo(2);
    assertThat(oneLine()).contains("has no parameter more");
    assertThat(typed("run " + file + " group=a n=2 script=x q=a n=2")).isEqualTo(2);
    assertThat(oneLine()).contains("parameter n is given twice");
    assertThat(typed("run " + file + " group=--help n=1 script=x q=a")).isEqualTo(2);
    assertThat(oneLine()).contains(file + ":1: the value of ${group} cannot stand here");
    String script = file("a b; show | cat.sh", "#!/bin/sh -e\ntrue\n");
    assertThat(typed("run " + file + " group=asg-bp1web n=2 'script=" + script + "' 'q=; ${n} |'"))
        .as(said.toString())
        .isZero();
    assertThat(said.toString()).contains("\"; ${n} |${q}\"");
  }

  @Test
  void goesOnAtTheLineWhereAFileBroke() throws Exception {
    String file =
        file(
            "f.oosh", "use group asg-bp1web\nshow\nstage batch 3\n# so\nuse group ${g}\nhistory\n");
    assertThat(typed("run " + file + " g=nope")).isEqualTo(1);
    assertThat(said.toString())
        .contains(":5: stopped here, exit status 1")
        .containsPattern("next: run .*f.oosh g=nope --from 5");
    assertThat(typed("run " + file + " g=asg-bp1api --from 5")).isZero();
    assertThat(oneLine())
        .contains(
            "goes on at line 5; above it 2 lines of use, stage, unstage and undo are run again")
        .doesNotContain("› show");
    assertThat(typed("run " + file + " g=asg-bp1api --from 4")).isEqualTo(2);
    assertThat(oneLine()).contains("its commands stand on lines 1, 2, 3, 5, 6");
  }

  /** What is launched is what a whole run would launch. */
  @Test
  void goesOnWithWhatTheLinesAboveHaveTakenBackAndNotBehindAnotherFile() throws Exception {
    String back =
        file("back.oosh", "use group asg-bp1web\nstage batch 3\nstage batch 2\nundo\nshow\n");
    assertThat(typed("run " + back + " --from 5")).isZero();
    assertThat(session().staging().batches()).isEqualTo(BatchSizing.number(3));
    String nested = file("nested.oosh", "run " + back + "\nplan\n");
    assertThat(typed("run " + nested + " --from 2")).isEqualTo(1);
    assertThat(oneLine()).contains("line 1 plays another file");
  }

  @Test
  void aFileThatRunsProgramsIsRefusedBeforeItsFirstLine() throws Exception {
    String file = file("shell.oosh", "use group ${g}\n!touch x\n");
    assertThat(typed("run " + file + " g=asg-bp1web")).isEqualTo(1);
    assertThat(session().context().chosenGroup()).isEmpty();
    assertThat(oneLine()).contains("line 2 runs a program").contains("g=asg-bp1web --allow-shell");
  }

  @Test
  void anAliasTakesWordsAndHidesAndCallsNothing() {
    assertThat(typed("alias web = use group $1; stage batch $2")).isZero();
    assertThat(typed("web asg-bp1web 3\nshow")).isZero();
    assertThat(oneLine()).contains("3 batches of 2");
    assertThat(typed("web asg-bp1web")).isEqualTo(2);
    assertThat(oneLine()).contains("web needs $2");
    assertThat(typed("web asg-bp1web 3 4")).isEqualTo(2);
    assertThat(typed("web 'asg; unstage batch' 3")).isNotZero();
    assertThat(session().staging().count()).isEqualTo(1);
    assertThat(typed("web asg-bp1web --help")).isEqualTo(2);
    for (String wrong :
        new String[] {
          "alias launch = show", "alias use = show", "alias x = web a", "alias x = nope",
          "alias x = stage batch $2", "alias x =", "alias x = show |", "alias 1 = show",
          "alias x = alias y = show", "alias x show", "unalias x", "alias x = !ls $1"
        }) {
      assertThat(typed(wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(typed("alias one = history --query 'length(@)' | cat\none\n!true")).isZero();
    assertThat(typed("one\none > /dev/null")).isEqualTo(2);
    assertThat(typed("unalias web; web a 3")).isEqualTo(2);
    assertThat(new ShellFixture(backends).run("alias")).isEqualTo(1);
    assertThat(run("one")).isEqualTo(2);
  }

  @Test
  void aRecordingHasTheTextAndItsPipe() throws Exception {
    Path record = folder.resolve("r.oosh");
    assertThat(
            typed(
                "record "
                    + record
                    + "\nstage script <<A\n#> no answer\nA\nwhoami | head -1\nrecord stop"))
        .isZero();
    assertThat(Files.readString(record))
        .contains("stage script <<A\n#> no answer\nA\n#> staged script A")
        .contains("whoami | head -1\n#> acs:ram::1000000000000000:user/sandbox (RAMUser)\n");
    assertThat(run("run --check " + record)).isEqualTo(1);
    assertThat(oneLine()).contains("whoami | head -1");
  }
}
