package oosh.shell.verbs.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import oosh.rollout.TimeSource;
import oosh.shell.screen.KeyReader;
import oosh.shell.screen.Screen;
import oosh.view.text.Style;
import org.junit.jupiter.api.Test;

/** Which keys are a key of the watch, by when they come. */
class WatchKeyboardTest {
  /** A key, and when it comes, in milliseconds. */
  private record Pressed(int at, int key, String pasted) {}

  private final Deque<Pressed> coming = new ArrayDeque<>();
  private final List<String> kept = new ArrayList<>();
  private long now;

  private final TimeSource pace =
      new TimeSource() {
        @Override
        public Instant instant() {
          return Instant.EPOCH.plusMillis(now);
        }

        @Override
        public void pause(Duration duration) {
          now += duration.toMillis();
        }
      };

  private final WatchKeyboard keyboard = new WatchKeyboard(new Keys());

  @Test
  void aLetterAloneIsAKeyAndEnterAloneIsAKey() throws Exception {
    type(0, "c");
    type(900, "\r");
    assertThat(read(3000)).containsExactly((int) 'c', (int) '\r');
    assertThat(kept).isEmpty();
  }

  @Test
  void whatComesTogetherIsText() throws Exception {
    type(0, "abort exec-1\rcat\nhist");
    assertThat(read(5000)).containsExactly(WatchKeyboard.TEXT);
    assertThat(kept).containsExactly("abort exec-1\rcat\nhist");
  }

  @Test
  void aLetterAndItsEnterTogetherDoNothing() throws Exception {
    type(0, "a\r");
    assertThat(read(5000)).containsExactly(WatchKeyboard.TEXT);
    assertThat(kept).isEmpty();
  }

  @Test
  void aKeyThatRepeatsIsNoKey() throws Exception {
    for (int at = 0; at < 900; at += 30) {
      type(at, "a");
    }
    type(950, "\r");
    assertThat(read(5000)).containsExactly(WatchKeyboard.TEXT);
    assertThat(kept).isEmpty();
  }

  @Test
  void aPasteOfOneLetterIsText() throws Exception {
    coming.add(new Pressed(0, KeyReader.PASTE, "c"));
    type(900, "\r");
    assertThat(read(5000)).containsExactly(WatchKeyboard.TEXT, WatchKeyboard.TEXT);
    assertThat(kept).isEmpty();
  }

  @Test
  void aPasteIsKeptWhole() throws Exception {
    coming.add(new Pressed(0, KeyReader.PASTE, "history\nabort"));
    assertThat(read(5000)).containsExactly(WatchKeyboard.TEXT);
    assertThat(kept).containsExactly("history\nabort");
  }

  /** Slower than a burst: the watch says that the second letter goes on with the first. */
  @Test
  void aWordThatComesLetterByLetterIsTextToItsEnter() throws Exception {
    type(0, "c");
    type(400, "a");
    type(1000, "t");
    type(2500, " ");
    type(3600, "a");
    type(5000, "\r");
    type(6000, "d");
    List<Integer> seen = new ArrayList<>();
    while (now < 9000) {
      int key = keyboard.read(pace);
      if (key != KeyReader.NONE) {
        seen.add(key);
      }
      if (key == 'a') {
        keyboard.startWord("ca", pace);
      }
    }
    assertThat(seen)
        .containsExactly(
            (int) 'c',
            (int) 'a',
            WatchKeyboard.TEXT,
            WatchKeyboard.TEXT,
            WatchKeyboard.TEXT,
            WatchKeyboard.TEXT,
            (int) 'd');
    assertThat(kept).containsExactly("cat a\r");
  }

  @Test
  void whatWasNotEndedIsKeptWhenTheWatchEnds() throws Exception {
    type(0, "hist");
    assertThat(read(300)).containsExactly(WatchKeyboard.TEXT);
    assertThat(kept).isEmpty();
    keyboard.close();
    assertThat(kept).containsExactly("hist");
  }

  private void type(int at, String text) {
    text.chars().forEach(c -> coming.add(new Pressed(at, c, "")));
  }

  private List<Integer> read(int until) throws InterruptedException {
    List<Integer> seen = new ArrayList<>();
    while (now < until) {
      int key = keyboard.read(pace);
      if (key != KeyReader.NONE) {
        seen.add(key);
      }
    }
    return seen;
  }

  /** A screen that has a keyboard, and keeps what goes to the prompt. */
  private final class Keys implements Screen {
    private String pasted = "";

    @Override
    public Style style() {
      return Style.plain(80);
    }

    @Override
    public PrintWriter out() {
      return new PrintWriter(new StringWriter());
    }

    @Override
    public PrintWriter notes() {
      return out();
    }

    @Override
    public String answer(String question, String flag) {
      throw new IllegalStateException(question);
    }

    @Override
    public void keepForPrompt(String text) {
      kept.add(text);
    }

    @Override
    public KeyReader keys() {
      return new KeyReader() {
        @Override
        public int read() {
          Pressed next = coming.peek();
          if (next == null || next.at() > now) {
            return NONE;
          }
          coming.remove();
          pasted = next.pasted();
          return next.key();
        }

        @Override
        public String pasted() {
          return pasted;
        }

        @Override
        public void close() {}
      };
    }
  }
}
