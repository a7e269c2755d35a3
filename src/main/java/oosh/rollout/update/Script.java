package oosh.rollout.update;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import oosh.rollout.Problem;

/**
 * A script as it was when it was staged: a snapshot, so that what was planned is what runs.
 *
 * @param name the file's name without its folder, or {@code -} for standard input
 * @param sha256 of the UTF-8 bytes, 64 hex digits
 * @param bytes length in UTF-8
 */
public record Script(String name, String text, String sha256, int bytes) {
  /**
   * The most Cloud Assistant takes, counted after Base64, for a command that is not kept, as the
   * template's is (source: ECS RunCommand, CommandContent, 2026).
   */
  public static final int MAX_BASE64 = 24 * 1024;

  /** The same limit in plain bytes: 18,432. */
  public static final int MAX_BYTES = MAX_BASE64 / 4 * 3;

  /** Above this the limit of 2021's documents (16 KB after Base64) would be hit. */
  public static final int CAREFUL_BYTES = 12 * 1024;

  /** OOS gives every script this long, in seconds; the public template has no parameter for it. */
  public static final int TIMEOUT_SECONDS = 600;

  /** What stands before the interpreter: env, its options and variables. */
  private static final Pattern PASSED_ON = Pattern.compile("env|busybox|-.*|\\w+=.*");

  private static final Pattern SHELL = Pattern.compile("(ba|da|a|z|pd|m)?k?sh(93)?");

  /**
   * A snapshot of these bytes.
   *
   * @throws Problem if they are not UTF-8 text, empty, or over the vendor's limit
   */
  public static Script of(String name, byte[] content) {
    if (content.length == 0) {
      throw Problem.refused(
          "cannot stage " + name, "it is empty", "write the script, then stage script " + name);
    }
    int base64 = (content.length + 2) / 3 * 4;
    if (base64 > MAX_BASE64) {
      throw Problem.refused(
          "cannot stage " + name,
          String.format(
              "it is %,d bytes, %,d after Base64; Cloud Assistant takes %,d (%,d bytes of text)",
              content.length, base64, MAX_BASE64, MAX_BYTES),
          "put the bulk where the instances can fetch it, and stage a script that fetches it");
    }
    String text = decode(name, content);
    return new Script(name, text, sha256(content), content.length);
  }

  /** A snapshot of text that came from OOS, whatever its size: it has run already. */
  public static Script ofText(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Script(name, text, sha256(bytes), bytes.length);
  }

  /** The first six digits, as screens show it. */
  public String shortSha() {
    return sha256.substring(0, 6);
  }

  public boolean hasCarriageReturns() {
    return text.contains("\r\n");
  }

  /**
   * The program that its first line names, without folder and arguments, {@code env}'s own left
   * out; "" where it names none, which leaves it to the system's shell.
   */
  public String interpreter() {
    String first = text.lines().findFirst().orElse("").replace("\ufeff", "");
    if (!first.startsWith("#!")) {
      return "";
    }
    for (String word : first.substring(2).strip().split("\\s+", -1)) {
      String program = word.substring(word.lastIndexOf('/') + 1);
      if (!PASSED_ON.matcher(program).matches()) {
        return program;
      }
    }
    return "";
  }

  /** Whether a shell runs it, which is what advice on commands is about. */
  public boolean isForAShell() {
    String interpreter = interpreter();
    return interpreter.isEmpty() || SHELL.matcher(interpreter).matches();
  }

  private static String decode(String name, byte[] content) {
    String next = "stage a text file in UTF-8; iconv -t UTF-8 converts one";
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
    } catch (CharacterCodingException e) {
      throw Problem.refused("cannot stage " + name, "it is not UTF-8 text", next);
    }
    if (text.indexOf('\0') >= 0) {
      throw Problem.refused("cannot stage " + name, "it is a binary file", next);
    }
    return text;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
