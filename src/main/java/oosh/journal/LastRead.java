package oosh.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The answers that were read last, valid as long as the journal's file has not changed: each letter
 * after Tab asks again, a launch asks what was read while its line was typed, and to look at the
 * file's attributes is quicker than to open it.
 */
final class LastRead {
  private static final int MOST = 64;

  private final JournalConnection journal;
  private final Map<List<Object>, Object> answers = new LinkedHashMap<>();
  private @Nullable String state;

  LastRead(JournalConnection journal) {
    this.journal = journal;
  }

  /**
   * Returns the last answer, or reads the journal.
   *
   * @param question everything that the answer depends on beside the file
   */
  <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
    String now = journal.settledState();
    @SuppressWarnings("unchecked") // One question is asked by one method.
    T known = now == null ? null : (T) known(now, question);
    if (known != null) {
      return known;
    }
    T answer = journal.read(work);
    if (now != null && now.equals(journal.settledState())) {
      keep(now, question, answer);
    }
    return answer;
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
