package oosh.shell.complete;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import oosh.shell.FileName;
import oosh.shell.WordCompleter;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** File names, with their sizes; into folders. */
public final class FileCompleter {
  public static final WordCompleter ANY = (session, before, prefix) -> files(prefix);

  /** Session files and folders; every file where there is none of these. */
  public static final WordCompleter SESSIONS =
      (session, before, prefix) -> {
        List<CompletionProposal> all = files(prefix);
        List<CompletionProposal> some =
            all.stream().filter(f -> f.value().endsWith(".oosh") || !f.complete()).toList();
        return some.isEmpty() ? all : some;
      };

  /** More than fits any screen is no help, and a folder may hold a million files. */
  private static final int MOST = 500;

  /** So many are looked at, which takes a moment; Tab must not take longer. */
  private static final int LOOKED_AT = 20_000;

  private FileCompleter() {}

  public static List<CompletionProposal> files(String prefix) {
    if (prefix.equals("~")) {
      return List.of(WordCompleter.item("~/", "").complete(false));
    }
    int slash = prefix.lastIndexOf('/');
    String folder = slash < 0 ? "" : prefix.substring(0, slash + 1);
    String begun = prefix.substring(slash + 1).toLowerCase(Locale.ROOT);
    try (Stream<Path> files = Files.list(FileName.of(folder.isEmpty() ? "." : folder))) {
      List<Path> looked =
          files
              .limit(LOOKED_AT)
              .filter(f -> isShown(String.valueOf(f.getFileName()), begun))
              .toList();
      List<Path> meant = looked.stream().filter(f -> name(f).contains(begun)).toList();
      return (meant.isEmpty() ? looked : meant)
          .stream()
              .filter(f -> SubsequenceMatcher.matches(begun, name(f)))
              .limit(MOST)
              .map(f -> proposal(folder + f.getFileName(), f))
              .sorted(Comparator.comparing(CompletionProposal::value))
              .toList();
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      return List.of();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** A hidden file is offered only after its dot was typed. */
  private static boolean isShown(String name, String begun) {
    return !name.startsWith(".") || begun.startsWith(".");
  }

  private static CompletionProposal proposal(String name, Path file) {
    return Files.isDirectory(file)
        ? WordCompleter.item(name + "/", "").complete(false)
        : WordCompleter.item(name, size(file));
  }

  private static String size(Path file) {
    try {
      return Files.size(file) + " bytes";
    } catch (IOException gone) {
      return "";
    }
  }
}
