package oosh.shell;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.JournalArchive;
import oosh.rollout.JournalArchive.Exported;
import oosh.rollout.JournalArchive.Imported;
import oosh.rollout.Problem;
import oosh.view.ArchiveView;
import oosh.view.Json;

/** {@code journal export}, {@code journal import}: the journal as lines of JSON. */
final class JournalCommand {
  private JournalCommand() {}

  static Verb export(Session session) {
    return Verb.of("journal export", Verb.Heading.PAST, "write the journal as lines of JSON")
        .example(
            "journal export journal.jsonl",
            "journal export | jq .executionId",
            "journal export saved.jsonl --from /another/home/journal.mv.db")
        .optional("FILE", FileSuggest.ANY)
        .flag(
            "from",
            Verb.NO_LETTER,
            "PATH",
            "of a journal that oosh cannot open: newer, damaged, or of another folder")
        .values("from", FileSuggest.ANY)
        .writes(in -> in.argument(0).map(f -> "write the file " + Lines.file(f).toAbsolutePath()))
        .does(
            in -> {
              Optional<String> file = in.argument(0);
              Screen screen = session.screen();
              Exported exported;
              try {
                exported =
                    file.isPresent()
                        ? toFile(session, in, Lines.file(file.get()))
                        : export(session, in, to(screen.out()));
              } catch (UncheckedIOException unwritten) {
                // Of the screen alone; why, is said of every verb alike.
                return Shell.UNWRITTEN;
              }
              PrintWriter say = file.isPresent() ? screen.out() : screen.notes();
              say.println(
                  in.json()
                      ? Json.document(ArchiveView.json(exported, file.orElse("")))
                      : ArchiveView.text(exported, file.orElse(""), screen.style()));
              return 0;
            });
  }

  static Verb importing(Session session) {
    return Verb.of("journal import", Verb.Heading.PAST, "add what an exported journal has")
        .example("journal import journal.jsonl")
        .argument("FILE", FileSuggest.ANY)
        .writes(
            in ->
                Optional.of(
                    "add to the journal what is in " + Lines.file(in.need(0)).toAbsolutePath()))
        .does(
            in -> {
              Imported imported = session.setting().archive().importFrom(Lines.file(in.need(0)));
              session
                  .screen()
                  .out()
                  .println(
                      in.json()
                          ? Json.document(ArchiveView.json(imported))
                          : ArchiveView.text(imported, session.screen().style()));
              return 0;
            });
  }

  private static Exported export(Session session, Input in, Consumer<String> lines)
      throws InterruptedException {
    JournalArchive archive = session.setting().archive();
    String from = in.option("from");
    return from == null ? archive.export(lines) : archive.exportFrom(Lines.file(from), lines);
  }

  /** What cannot be written, or is read by nobody, need not be read from the journal either. */
  private static Consumer<String> to(PrintWriter out) {
    return line -> {
      out.write(line + "\n");
      if (out.checkError()) {
        throw new UncheckedIOException(new IOException("not written"));
      }
    };
  }

  /** All of it or nothing: a file that was begun and not ended is taken away. */
  private static Exported toFile(Session session, Input in, Path file) throws InterruptedException {
    create(file);
    boolean whole = false;
    try (FileOutputStream stream = new FileOutputStream(file.toFile());
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8))) {
      Exported exported =
          export(
              session,
              in,
              line -> {
                try {
                  out.write(line);
                  out.write('\n');
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      out.flush();
      stream.getFD().sync();
      whole = true;
      return exported;
    } catch (IOException | UncheckedIOException e) {
      throw Problem.refused(
          "cannot export to " + file,
          "it cannot be written to its end; is the disk full?",
          "journal export /another/folder/journal.jsonl");
    } finally {
      if (!whole) {
        remove(file);
      }
    }
  }

  private static void create(Path file) {
    try {
      Files.createFile(file, ownerOnly());
    } catch (FileAlreadyExistsException e) {
      throw Problem.refused(
          "cannot export to " + file, "the file is there already", "journal export another.jsonl");
    } catch (IOException e) {
      throw Problem.refused(
          "cannot export to " + file,
          "it cannot be written",
          "journal export /another/folder/journal.jsonl");
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What is left of it does not end with the line that ends a journal, and import says so.
      return;
    }
  }
}
