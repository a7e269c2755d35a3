package oosh.sandbox;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What scripts have left in the homes of their instances: each file by a print of what is in it.
 */
final class HomeFiles {
  /** Characters of one answer; an answer of the control door is told in one piece. */
  private static final int ROOM = 400_000;

  /** Bytes of a file that are looked at; of a longer one these, its length and its time. */
  private static final int LOOKED_AT = 1 << 20;

  private HomeFiles() {}

  /** {@code {"files": {instance: {path: print}}, "more": whether some are left out}}. */
  static JsonObject of(Path homes, Set<String> instances) {
    JsonObject files = new JsonObject();
    int room = ROOM;
    boolean more = false;
    for (String instance : List.copyOf(instances)) {
      Path home = homes.resolve(instance);
      if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      JsonObject here = new JsonObject();
      Looking looking = new Looking(home, room);
      try {
        Files.walkFileTree(home, looking);
      } catch (IOException unreadable) {
        looking.more = true;
      }
      looking.found.forEach(here::addProperty);
      files.add(instance, here);
      room = looking.room;
      more |= looking.more;
    }
    JsonObject answer = new JsonObject();
    answer.add("files", files);
    answer.addProperty("more", more);
    return answer;
  }

  private static final class Looking extends SimpleFileVisitor<Path> {
    private final Path home;
    private final Map<String, String> found = new TreeMap<>();
    private int room;
    private boolean more;

    Looking(Path home, int room) {
      this.home = home;
      this.room = room;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(home)
          ? FileVisitResult.CONTINUE
          : keep(home.relativize(directory) + "/", "");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return keep(home.relativize(file).toString(), print(file, attributes));
    }

    /** It is there, whatever is in it. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return keep(home.relativize(file).toString(), "?");
    }

    private FileVisitResult keep(String name, String print) {
      room -= name.length() + print.length() + 8;
      if (room < 0) {
        more = true;
        return FileVisitResult.TERMINATE;
      }
      found.put(name, print);
      return FileVisitResult.CONTINUE;
    }

    private static String print(Path file, BasicFileAttributes attributes) {
      try {
        if (attributes.isSymbolicLink()) {
          return "link " + Files.readSymbolicLink(file);
        }
        if (!attributes.isRegularFile()) {
          return "special";
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
          digest.update(in.readNBytes(LOOKED_AT));
        }
        String print = HexFormat.of().formatHex(digest.digest(), 0, 8);
        return attributes.size() <= LOOKED_AT
            ? print
            : print + " " + attributes.size() + " " + attributes.lastModifiedTime();
      } catch (IOException unreadable) {
        return "?";
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
