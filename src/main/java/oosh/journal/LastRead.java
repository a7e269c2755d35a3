package oosh.journal;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The answers that were read last, valid as long as the journal's file has not changed: each letter
 * after Tab asks again, a launch asks what was read while its line was typed, and to look at the
 * file's attributes is quicker than to open it.
 */
final class LastRead implements ReadCache {
  private static final int MOST = 64;

  /** How far two changes of a file are apart that can have one time, on any file system. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  /**
   * The same where times have parts of a millisecond: Linux counts them in ticks of 10 ms at most.
   */
  private static final Duration FINE = Duration.ofMillis(12);

  private final JournalConnection journal;
  private final Map<List<Object>, Object> answers = new LinkedHashMap<>();
  private String state = "";

  LastRead(JournalConnection journal) {
    this.journal = journal;
  }

  @Override
  public <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
    JournalFile file = journal.file();
    String before = String.valueOf(file.state());
    @SuppressWarnings("unchecked") // One question is asked by one method.
    T known = (T) known(before, question);
    if (known != null) {
      return known;
    }
    T answer = journal.read(work);
    BasicFileAttributes now = file.attributes();
    if (now != null && isSettled(now.lastModifiedTime()) && before.equals(file.state())) {
      keep(before, question, answer);
    }
    return answer;
  }

  /** Whether another change from now on would have a later time. */
  private static boolean isSettled(FileTime changed) {
    Duration apart = changed.to(TimeUnit.NANOSECONDS) % 1_000_000 == 0 ? COARSE : FINE;
    return changed.toInstant().isBefore(Instant.now().minus(apart));
  }

  private synchronized @Nullable Object known(String now, List<Object> question) {
    return now.equals(state) ? answers.get(question) : null;
  }

  private synchronized void keep(String now, List<Object> question, Object answer) {
    if (!now.equals(state) || answers.size() >= MOST) {
      answers.clear();
      state = now;
    }
    answers.put(question, answer);
  }
}
