package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import oosh.rollout.TimeSource;
import oosh.shell.screen.KeyReader;
import oosh.shell.screen.Screen;
import org.jspecify.annotations.Nullable;

/**
 * The keyboard of a watch: tells a key that was pressed alone from text that was typed or pasted.
 * Text never acts on the execution. It is kept for the prompt, where it stands in the line and
 * wants Enter.
 *
 * <p>What comes together is text: a paste, a line that was typed ahead, a key that repeats. On a
 * slow link each letter of a word comes alone. Then its first letters may have waited for Enter,
 * see {@link #startWord}, and what follows within two seconds is of the same word.
 */
public final class WatchKeyboard implements AutoCloseable {
  /** Text was typed, or there was no key: nothing acts. */
  public static final int TEXT = -4;

  /** Between two looks for a key; the terminal may take a tenth of a second more. */
  private static final Duration KEY_INTERVAL = Duration.ofMillis(40);

  /** The letters of a word come faster than this, mostly. */
  private static final Duration NEXT_LETTER = Duration.ofMillis(200);

  /** A key this soon after a letter of a word is of the same word: slow links are no faster. */
  private static final Duration WORD = Duration.ofSeconds(2);

  private static final int BACKSPACE = 127;
  private static final int ESCAPE = 27;

  /** In characters; a line of the prompt is longer than keys that were pressed in haste. */
  private static final int LEAST_LINE = 4;

  private final Screen screen;
  private @Nullable KeyReader keys;
  private final StringBuilder word = new StringBuilder();
  private Instant wordUntil = Instant.MIN;

  public WatchKeyboard(Screen screen) {
    this.screen = screen;
    this.keys = screen.keys();
  }

  public boolean isOpen() {
    return keys != null;
  }

  /** Takes the terminal again, after a question. */
  void open() {
    keys = screen.keys();
  }

  /**
   * The key that was pressed alone, {@link KeyReader#NONE}, {@link KeyReader#END} or {@link #TEXT}.
   *
   * @throws InterruptedException on Ctrl-C
   */
  public int read(TimeSource pace) throws InterruptedException {
    KeyReader open = keys;
    int first = open == null ? KeyReader.END : open.read();
    if (open == null || first == KeyReader.END) {
      return KeyReader.END;
    }
    Instant now = pace.instant();
    if (first == KeyReader.NONE) {
      if (!now.isBefore(wordUntil)) {
        keep();
      }
      pace.pause(KEY_INTERVAL);
      return KeyReader.NONE;
    }
    boolean inWord = now.isBefore(wordUntil);
    if (!inWord) {
      keep();
    }
    int before = word.length();
    boolean together = first == KeyReader.PASTE;
    add(open, first);
    for (Instant end = now.plus(NEXT_LETTER); pace.instant().isBefore(end); ) {
      int next = open.read();
      if (next == KeyReader.END) {
        break;
      } else if (next == KeyReader.NONE) {
        pace.pause(KEY_INTERVAL);
      } else {
        together = true;
        add(open, next);
        end = pace.instant().plus(NEXT_LETTER);
      }
    }
    if (!inWord && !together) {
      word.setLength(before);
      return first;
    }
    wordUntil = pace.instant().plus(WORD);
    if (word.length() > 0 && isLineEnd(word.charAt(word.length() - 1))) {
      wordUntil = Instant.MIN;
      keep();
    }
    return TEXT;
  }

  /** These letters came alone and are the beginning of a word: what follows is of it. */
  public void startWord(String letters, TimeSource pace) {
    word.append(letters);
    wordUntil = pace.instant().plus(WORD);
  }

  private void add(KeyReader from, int key) {
    if (key == KeyReader.PASTE) {
      word.append(from.pasted());
    } else if (key == BACKSPACE) {
      word.setLength(Math.max(0, word.length() - 1));
    } else if (key != ESCAPE) {
      word.append((char) key);
    }
  }

  /**
   * Some letters, or one that repeats, were meant for the watch: they are no line of the prompt.
   */
  private void keep() {
    String text = word.toString();
    word.setLength(0);
    if (text.strip().length() >= LEAST_LINE
        && text.chars().filter(c -> !isLineEnd(c)).distinct().count() > 1) {
      screen.keepForPrompt(text);
    }
  }

  public static boolean isLineEnd(int key) {
    return key == '\r' || key == '\n';
  }

  /** Gives the terminal back; what was typed of a word goes to the prompt. */
  @Override
  public void close() {
    keep();
    wordUntil = Instant.MIN;
    if (keys != null) {
      keys.close();
      keys = null;
    }
  }
}
