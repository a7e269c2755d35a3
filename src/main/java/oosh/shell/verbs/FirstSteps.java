package oosh.shell.verbs;

import java.util.stream.Collectors;
import oosh.view.text.Style;

/** What {@code oosh --help} prints: one screen of 24 lines for a reader who is new here. */
final class FirstSteps {
  /** The word of the topic behind {@code help}. */
  static final String TOPIC = "start";

  /** The column of the text beside the labels. */
  private static final int INDENT = 28;

  static final String TEXT =
      """
      oosh: rolling updates of scaling groups on Alibaba Cloud (OOS)

        oosh                      the prompt: Tab completes, help lists the verbs
        oosh VERB …               one command, as oosh history
        oosh -c 'VERB …; VERB …'  a line of commands; oosh run FILE a session file

      A first rollout, on a group of this machine: oosh --profile sandbox, and there
        use group asg-bp1web      which instances to update; Tab lists the groups
        stage script FILE         what to run on each of them, batch by batch
        launch                    shows the plan, asks, starts it and watches it
        rollback                  undoes it, with a script of stage rollback FILE

      Options before a verb; all but the last two also behind it
        --profile P               whose account: a profile of the aliyun CLI
        --region R, --group G     where the groups are, and which group
        -o, --output FORM         text, json, yaml, tsv or csv; --query, --columns
        --read-only               refuse what would change something
        --resume, --version       offer what the last prompt left; print the version

      oosh help lists the verbs, oosh help VERB has examples and options of one, oosh
      help exit-codes the exit codes. Tab in your own shell: oosh help completion""";

  private FirstSteps() {}

  /** The text for any width. */
  static String text(Style style) {
    return TEXT.lines()
        .map(
            row ->
                row.startsWith(" ")
                    ? style.beside(row.substring(0, INDENT), INDENT, 4, row.substring(INDENT))
                    : style.wrapped(row))
        .collect(Collectors.joining("\n"));
  }
}
