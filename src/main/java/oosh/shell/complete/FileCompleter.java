package oosh.shell.complete;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import oosh.shell.FileName;
import oosh.shell.WordCompleter;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** File names, with their sizes; into folders. */
public final class FileCompleter {
  public static final WordCompleter ANY = (session, before, prefix) -> files(prefix);

  /** More than fits any screen is no help, and a folder may hold a million files. */
  private static final int MOST = 500;

  /** So many are looked at, which takes a moment; Tab must not take longer. */
  private static final int LOOKED_AT = 20_000;

  private FileCompleter() {}

  public static List<CompletionProposal> files(String prefix) {
    int slash = prefix.lastIndexOf('/');
    String folder = slash < 0 ? "" : prefix.substring(0, slash + 1);
    String begun = prefix.substring(slash + 1).toLowerCase(Locale.ROOT);
    boolean hidden = begun.startsWith(".");
    int looked = 0;
    List<CompletionProposal> proposals = new ArrayList<>();
    // For a name that is mistyped.
    List<CompletionProposal> others = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(FileName.of(folder.isEmpty() ? "." : folder))) {
      for (Path f : files) {
        if (++looked > LOOKED_AT || Thread.currentThread().isInterrupted()) {
          break;
        }
        String name = String.valueOf(f.getFileName());
        if (name.startsWith(".") && !hidden) {
          continue;
        }
        boolean matches = name.toLowerCase(Locale.ROOT).contains(begun);
        if (!matches && others.size() >= MOST) {
          continue;
        }
        (matches ? proposals : others)
            .add(
                Files.isDirectory(f)
                    ? WordCompleter.item(folder + name + "/", "").complete(false)
                    : WordCompleter.item(folder + name, size(f)));
        if (proposals.size() >= MOST) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return List.of();
    }
    List<CompletionProposal> found = proposals.isEmpty() ? others : proposals;
    found.sort(Comparator.comparing(CompletionProposal::value));
    return found;
  }

  private static String size(Path file) {
    try {
      return Files.size(file) + " bytes";
    } catch (IOException gone) {
      return "";
    }
  }
}
