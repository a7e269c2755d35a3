package oosh.shell;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** File names, with their sizes; into folders. */
enum FileSuggest implements Suggest {
  ANY;

  /** More than fits any screen is no help, and a folder may hold a million files. */
  private static final int MOST = 500;

  @Override
  public List<Proposal> propose(List<String> before, String prefix) {
    int slash = prefix.lastIndexOf('/');
    String folder = slash < 0 ? "" : prefix.substring(0, slash + 1);
    boolean hidden = prefix.substring(slash + 1).startsWith(".");
    List<Proposal> proposals = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
      for (Path f : files) {
        String name = String.valueOf(f.getFileName());
        if (name.startsWith(".") && !hidden) {
          continue;
        }
        proposals.add(
            Files.isDirectory(f)
                ? new Proposal(folder + name + "/", "", true)
                : new Proposal(folder + name, Files.size(f) + " bytes"));
        if (proposals.size() >= MOST) {
          break;
        }
      }
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
    proposals.sort(Comparator.comparing(Proposal::value));
    return proposals;
  }
}
