package oosh.sandbox.jail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import oosh.sandbox.api.Sha256;

/**
 * The archive of a home, as GNU {@code tar} writes it: headers of 512 bytes, each followed by what
 * is in the file, filled up to a whole number of 512 bytes.
 */
final class HomeArchive {
  private static final int BLOCK = 512;

  private HomeArchive() {}

  /**
   * Each path below the home, a directory's with a slash at its end, with a print of what is in it.
   */
  static Map<String, String> prints(Path archive) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      Map<Character, String> told = new HashMap<>();
      for (byte[] head = block(in); head[0] != 0; head = block(in)) {
        char type = (char) head[156];
        long size = Long.parseLong(text(head, 124, 12).trim(), 8);
        if (type == 'L' || type == 'K') {
          byte[] name = in.readNBytes(Math.toIntExact(padded(size)));
          told.put(type, text(name, 0, name.length));
          continue;
        }
        String name = told.getOrDefault('L', text(head, 0, 100));
        String link = told.getOrDefault('K', text(head, 157, 100));
        told.clear();
        found.put(below(name), print(in, head, type, size, link));
      }
    }
    found.remove("");
    return found;
  }

  private static String print(InputStream in, byte[] head, char type, long size, String link)
      throws IOException {
    return switch (type) {
      case '0' -> digest(in, size, new byte[0]);
      case 'S' -> digest(in, size, sparse(in, head));
      case '1' -> "as " + below(link);
      case '2' -> "link " + link;
      case '5' -> "";
      default -> "special";
    };
  }

  /** Where the parts of a file with holes begin and how long they are, and the whole length. */
  private static byte[] sparse(InputStream in, byte[] head) throws IOException {
    byte[] map = Arrays.copyOfRange(head, 386, 495);
    boolean more = head[482] != 0;
    while (more) {
      byte[] next = block(in);
      more = next[504] != 0;
      map = Arrays.copyOf(map, map.length + BLOCK);
      System.arraycopy(next, 0, map, map.length - BLOCK, BLOCK);
    }
    return map;
  }

  private static String digest(InputStream in, long size, byte[] before) throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(before);
    for (long left = size; left > 0; left -= BLOCK) {
      digest.update(block(in), 0, (int) Math.min(left, BLOCK));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static byte[] block(InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new EOFException();
    }
    return block;
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static String below(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
