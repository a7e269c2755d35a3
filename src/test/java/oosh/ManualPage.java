package oosh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.shell.Verb;
import oosh.shell.outside.GlobalOption;

/**
 * {@code oosh(1)} in roff, with the macros of man(7), made from what {@code help} answers in JSON
 * and from the tables of docs/environment.md.
 */
final class ManualPage {
  /** The day of the last change to the parts that are written here. */
  private static final String DAY = "2026-12-01";

  private static final Pattern OPTION = Pattern.compile("(?<![A-Za-z0-9])-(?=[-a-z0-9])|(?<=-)-");

  /** A row of a table with two columns. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`?[^|]*(?:\\\\\\|[^|]*)*) \\| (.*) \\|$");

  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  /**
   * The page.
   *
   * @param verbs what {@code help --output json} answers
   * @param exitCodes what {@code help exit-codes --output json} answers
   * @param environment docs/environment.md
   */
  static String of(JsonObject verbs, JsonObject exitCodes, String environment) {
    ManualPage page = new ManualPage();
    page.head();
    page.options(verbs.getAsJsonArray("verbs").get(0).getAsJsonObject());
    page.verbs(verbs.getAsJsonArray("verbs"));
    page.section("EXIT STATUS");
    exitCodes
        .getAsJsonObject("exitCodes")
        .asMap()
        .forEach((code, means) -> page.entry(bold(code), text(means.getAsString())));
    page.table("ENVIRONMENT", environment, "## Variables and options");
    page.table("FILES", environment, "## Files");
    page.section("SEE ALSO");
    page.line(
        text(
            "oosh help, oosh help VERB, oosh help exit-codes, oosh help output, oosh help lines, oosh help warnings"));
    return page.page.toString();
  }

  private void head() {
    line(".\\\" Made from the help of oosh by ManualPageTest.");
    line(".TH OOSH 1 " + DAY + " oosh \"User Commands\"");
    line(".ad l");
    line(".nh");
    section("NAME");
    line("oosh \\- rolling updates of scaling groups on Alibaba Cloud");
    section("SYNOPSIS");
    line("\\fBoosh\\fR [\\fIoption\\fR ...]");
    line(".br");
    line("\\fBoosh\\fR [\\fIoption\\fR ...] \\fIverb\\fR [\\fIword\\fR ...]");
    line(".br");
    line("\\fBoosh\\fR [\\fIoption\\fR ...] \\fB\\-c\\fR \\fIline\\fR");
    section("DESCRIPTION");
    line(
        text(
            "oosh runs a script on every instance of a scaling group, batch by batch, through OOS (Operation Orchestration Service), and rolls it back. New images, packages, files and containers are rolled out the same way."));
    line(".PP");
    line(
        text(
            "Without a verb it is a prompt where Tab completes verbs, options, groups and executions; with a verb it runs this one command. Where standard input is no terminal, it runs the lines that it reads."));
    line(".PP");
    line(
        text(
            "The profile sandbox is a local service with groups of its own: nothing leaves this machine. A first rollout:"));
    example(
        List.of(
            "oosh --profile sandbox",
            "use group asg-bp1web",
            "stage script deploy.sh",
            "stage rollback undo.sh",
            "launch",
            "rollback"));
  }

  private void options(JsonObject any) {
    section("OPTIONS");
    line(
        text(
            "These stand before a verb. --profile, --region, --group and --read-only may also follow it, unless the verb has an option of that name."));
    for (GlobalOption o : GlobalOption.ALL) {
      entry(option(o.letter(), o.name(), o.value()), text(o.says()));
    }
    line(".PP");
    line(text("These stand behind any verb."));
    for (JsonElement o : any.getAsJsonArray("options")) {
      if (Verb.OF_EVERY.contains(name(o))) {
        option(o.getAsJsonObject());
      }
    }
  }

  private static String name(JsonElement option) {
    return option.getAsJsonObject().get("option").getAsString().substring(2);
  }

  private void verbs(JsonArray all) {
    section("VERBS");
    line(
        text(
            "EXEC is the id of an execution or the beginning of an id. Without EXEC a verb takes the execution in flight on the group, or the last one."));
    for (Verb.HelpSection section : Verb.HelpSection.values()) {
      line(".SS " + section.title);
      for (JsonElement e : all) {
        JsonObject verb = e.getAsJsonObject();
        if (verb.get("heading").getAsString().equals(section.title)) {
          verb(verb);
        }
      }
    }
  }

  private void verb(JsonObject verb) {
    String name = verb.get("verb").getAsString();
    String usage = verb.get("usage").getAsString().substring(name.length()).strip();
    int options = usage.indexOf("[--");
    String words = options < 0 ? usage : usage.substring(0, options).strip();
    entry(
        bold(name) + (words.isEmpty() ? "" : " " + text(words)),
        text(verb.get("does").getAsString()));
    line(".RS 4");
    if (verb.has("kinds")) {
      verb.getAsJsonObject("kinds")
          .asMap()
          .forEach((kind, says) -> entry(bold(kind), text(says.getAsString())));
    }
    for (JsonElement o : verb.getAsJsonArray("options")) {
      if (!Verb.OF_EVERY.contains(name(o))) {
        option(o.getAsJsonObject());
      }
    }
    line(".PP");
    example(
        verb.getAsJsonArray("examples").asList().stream().map(JsonElement::getAsString).toList());
    line(".RE");
  }

  private void option(JsonObject o) {
    entry(
        option(
            o.has("letter") ? o.get("letter").getAsString() : "",
            o.get("option").getAsString(),
            o.has("value") ? o.get("value").getAsString() : null),
        text(o.get("does").getAsString()));
  }

  private static String option(
      String letter, String name, @org.jspecify.annotations.Nullable String value) {
    return (letter.isEmpty() ? "" : bold(letter) + ", ")
        + bold(name)
        + (value == null ? "" : " " + italic(value));
  }

  private void table(String title, String markdown, String heading) {
    section(title);
    String part =
        markdown.substring(markdown.indexOf(heading) + heading.length()).split("\n## ", 2)[0];
    Matcher row = ROW.matcher(part);
    while (row.find()) {
      if (row.group(1).startsWith("`")) {
        entry(text(plain(row.group(1))), text(plain(row.group(2))));
      }
    }
  }

  /** Without the marks of Markdown. */
  private static String plain(String markdown) {
    return markdown
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replace("`", "")
        .replace("\\|", "|");
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void entry(String tag, String says) {
    line(".TP 4");
    line(tag);
    line(says);
  }

  private void example(List<String> lines) {
    line(".nf");
    line(".RS 4");
    lines.forEach(l -> line(text(l)));
    line(".RE");
    line(".fi");
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + text(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + text(text) + "\\fR";
  }

  /** The text as roff prints it, on one line of the page. */
  private static String text(String text) {
    StringBuilder s = new StringBuilder();
    OPTION
        .matcher(text.replace("\\", "\\e"))
        .replaceAll("\\\\-")
        // Where a long word may go on in the next line.
        .replaceAll("(?<=\\w)([/|])(?=\\w)", "$1\\\\:")
        .replace("`", "\\(ga")
        .replace("'", "\\(aq")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .codePoints()
        .forEach(
            c -> {
              if (c < 128) {
                s.appendCodePoint(c);
              } else {
                s.append(String.format("\\[u%04X]", c));
              }
            });
    return (s.indexOf(".") == 0 ? "\\&" : "") + s;
  }
}
