package oosh.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import oosh.rollout.record.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * Holds an entry that another wrote, in a file that is imported or in a team's journal, to what an
 * execution can have: nothing else is shown, offered by Tab, or sent to a service.
 */
public final class EntryCheck {
  /** The characters of ids and regions (assumed: no others are known). */
  public static final Pattern WORD = Pattern.compile("[A-Za-z0-9._#-]{1,128}");

  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}+");
  private static final Pattern STATUS = Pattern.compile("[A-Za-z]{1,32}");

  /** How far a clock may be ahead that wrote a time of its own. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private EntryCheck() {}

  /**
   * @throws IllegalArgumentException if it holds what no execution has
   */
  public static JournalEntry checked(JournalEntry entry) {
    mustBe(WORD, entry.executionId());
    mustBe(WORD, entry.region());
    mustBe(WORD, entry.group().isEmpty() ? null : entry.group());
    mustBe(NAME, entry.profile());
    mustBe(STATUS, entry.status() == null ? null : entry.status().word());
    return entry;
  }

  /**
   * The same, and refuses a time in the future: the entry would be the newest until then.
   *
   * @throws IllegalArgumentException as {@link #checked(JournalEntry)}
   */
  static JournalEntry checked(JournalEntry entry, Instant now) {
    if (entry.at().isAfter(now.plus(AHEAD))) {
      throw new IllegalArgumentException(entry.at().toString());
    }
    return checked(entry);
  }

  private static void mustBe(Pattern pattern, @Nullable String word) {
    if (word != null && !pattern.matcher(word).matches()) {
      throw new IllegalArgumentException(word);
    }
  }
}
