package oosh.shell.verbs.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.Problem;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.record.JournalArchive.ExportResult;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.Verb;
import oosh.shell.WholeFile;
import oosh.shell.complete.FileCompleter;
import oosh.view.JournalArchiveView;
import oosh.view.json.JsonOutput;
import oosh.view.team.JournalStatusView;

/** {@code journal status}, {@code journal export}, {@code journal import}. */
public final class JournalCommand {
  private JournalCommand() {}

  public static Verb export() {
    return Verb.of("journal export", Verb.HelpSection.PAST, "write the journal as lines of JSON")
        .example(
            "journal export journal.jsonl",
            "journal export | jq .executionId",
            "journal export saved.jsonl --from /another/home/journal.mv.db")
        .optional("FILE", FileCompleter.ANY)
        .flag("from", "PATH", "of another journal: a copy (journal.1), newer, or of another folder")
        .values("from", FileCompleter.ANY)
        .writes(
            in -> in.argument(0).map(f -> "write the file " + SessionFile.file(f).toAbsolutePath()))
        .withoutJournal()
        .answers(JsonAnswer.EXPORTED)
        .does(
            (session, in) -> {
              String file = in.argument(0).orElse("");
              ExportResult exported;
              try {
                exported =
                    file.isEmpty()
                        ? export(session, in, to(session.screen().data()))
                        : toFile(session, in, SessionFile.file(file));
              } catch (UncheckedIOException unwritten) {
                // Of the screen alone; why, is said of every verb alike.
                return Answer.UNWRITTEN;
              }
              String answer =
                  in.json()
                      ? JsonOutput.document(JournalArchiveView.json(exported, file))
                      : JournalArchiveView.text(exported, file, session.style());
              if (file.isEmpty()) {
                session.say(answer);
              } else {
                session.print(answer);
              }
              return 0;
            });
  }

  public static Verb importing() {
    return Verb.of("journal import", Verb.HelpSection.PAST, "add what an exported journal has")
        .example("journal import journal.jsonl")
        .argument("FILE", FileCompleter.ANY)
        .writes(
            in ->
                Optional.of(
                    "add to the journal what is in "
                        + SessionFile.file(in.need(0)).toAbsolutePath()))
        .withoutJournal()
        .answers(JsonAnswer.IMPORTED)
        .does(
            (session, in) -> {
              ImportResult imported =
                  session.backends().archive().importFrom(SessionFile.file(in.need(0)));
              return Answer.print(
                  session,
                  in,
                  () -> JournalArchiveView.json(imported),
                  style -> JournalArchiveView.text(imported, style));
            });
  }

  public static Verb status() {
    return Verb.of(
            "journal status", Verb.HelpSection.PAST, "which journal it is, and who is connected")
        .example("journal status", "journal status --output json")
        .answers(JsonAnswer.JOURNAL)
        .does(
            (session, in) -> {
              Journal.Status status = session.backends().journal().status();
              return Answer.print(
                  session,
                  in,
                  () -> JournalStatusView.json(status),
                  style -> JournalStatusView.text(status, session.now(), style));
            });
  }

  private static ExportResult export(Session session, CommandInput in, Consumer<String> lines)
      throws InterruptedException {
    JournalArchive archive = session.backends().archive();
    String from = in.option("from");
    return from == null ? archive.export(lines) : archive.exportFrom(SessionFile.file(from), lines);
  }

  /** Ends the export when the screen takes no more lines. */
  private static Consumer<String> to(PrintWriter out) {
    return line -> {
      out.write(line + "\n");
      if (out.checkError()) {
        throw new UncheckedIOException(new IOException("not written"));
      }
    };
  }

  /** All of it or nothing: under its name stands a whole file or none. */
  private static ExportResult toFile(Session session, CommandInput in, Path file)
      throws InterruptedException {
    if (session.isChecked()) {
      return export(session, in, line -> {});
    }
    try (WholeFile whole = WholeFile.begin(file)) {
      ExportResult exported =
          export(
              session,
              in,
              line -> {
                try {
                  whole.line(line);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      whole.finish();
      return exported;
    } catch (FileAlreadyExistsException e) {
      throw Problem.refused(
          "cannot export to " + file, "the file is there already", "journal export another.jsonl");
    } catch (IOException | UncheckedIOException e) {
      throw Problem.refused(
          "cannot export to " + file,
          "it cannot be written to its end; is the disk full, or the folder not yours?",
          "journal export /another/folder/journal.jsonl");
    }
  }
}
