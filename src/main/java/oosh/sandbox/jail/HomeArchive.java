package oosh.sandbox.jail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** A member of the archive; who gets it reads all that is in it. */
  private interface Member {
    void found(String path, char type, byte[] head, long size, String link, InputStream in)
        throws IOException;
  }

  /**
   * Each path below the home, a directory's with a slash at its end, with a print of what is in it.
   */
  static Map<String, String> prints(Path archive) throws IOException {
    Map<String, String> found = new TreeMap<>();
    walk(
        archive,
        (path, type, head, size, link, in) -> found.put(path, print(in, head, type, size, link)));
    found.remove("");
    return found;
  }

  /**
   * The beginning of a file; "" where there is none of that name, or something else.
   *
   * @param most in bytes
   */
  static String beginning(Path archive, String file, int most) throws IOException {
    StringBuilder found = new StringBuilder();
    walk(
        archive,
        (path, type, head, size, link, in) -> {
          boolean wanted = path.equals(file);
          if (wanted) {
            found.setLength(0);
          }
          if (type == 'S') {
            byte[] unused = sparse(in, head);
          }
          if (type == '0' || type == 'S') {
            byte[] begins = in.readNBytes((int) Math.min(size, wanted && type == '0' ? most : 0));
            found.append(text(begins, 0, begins.length));
            in.skipNBytes(padded(size) - begins.length);
          }
        });
    return found.toString();
  }

  /**
   * Adds a file, or puts one in the place of the file of that name: of two members tar takes the
   * last.
   *
   * @param archive may be empty
   */
  static void put(Path archive, String file, String content) throws IOException {
    long end = Files.size(archive) > 0 ? walk(archive, HomeArchive::pass) : 0;
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] head = new byte[BLOCK];
    write(head, 0, "./" + file);
    write(head, 100, "0000644");
    write(head, 108, "0000000");
    write(head, 116, "0000000");
    write(head, 124, String.format("%011o", bytes.length));
    write(head, 136, "00000000000");
    write(head, 148, "        0");
    write(head, 257, "ustar  ");
    int sum = 0;
    for (byte each : head) {
      sum += each & 0xff;
    }
    write(head, 148, String.format("%06o", sum));
    head[154] = 0;
    ByteBuffer added = ByteBuffer.allocate(3 * BLOCK + Math.toIntExact(padded(bytes.length)));
    added.put(head).put(bytes).rewind();
    try (FileChannel to =
        FileChannel.open(archive, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      to.truncate(end).position(end);
      while (added.hasRemaining()) {
        to.write(added);
      }
    }
  }

  private static void write(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  private static void pass(
      String path, char type, byte[] head, long size, String link, InputStream in)
      throws IOException {
    String unused = print(in, head, type, size, link);
  }

  /** Where the members end, in bytes. */
  private static long walk(Path archive, Member each) throws IOException {
    try (Counting in = new Counting(Files.newInputStream(archive))) {
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
        each.found(below(name), type, head, size, link, in);
      }
      return in.passed - BLOCK;
    }
  }

  private static final class Counting extends BufferedInputStream {
    private long passed;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      passed += Math.max(0, read);
      return read;
    }

    @Override
    public synchronized long skip(long most) throws IOException {
      long skipped = super.skip(most);
      passed += skipped;
      return skipped;
    }
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
