package oosh.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What was read of the journal last, for as long as its file has not changed: each letter after Tab
 * asks anew, and to look at a file is quicker than to open it.
 */
final class LastRead {
  private static final int MOST = 64;

  private final JournalConnection store;
  private final Map<List<Object>, Object> answers = new LinkedHashMap<>();
  private JournalFile.@Nullable State state;

  LastRead(JournalConnection store) {
    this.store = store;
  }

  /**
   * Answers the question from memory, or by the work.
   *
   * @param question all that the answer depends on beside the file
   */
  <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
    JournalFile.State now = store.settled();
    synchronized (answers) {
      if (now == null || !now.equals(state) || answers.size() >= MOST) {
        answers.clear();
        state = now;
      }
      @SuppressWarnings("unchecked") // One question is asked by one method.
      T known = (T) answers.get(question);
      if (known != null) {
        return known;
      }
    }
    T answer = store.read(work);
    if (now != null && now.equals(store.settled())) {
      synchronized (answers) {
        if (now.equals(state)) {
          answers.put(question, answer);
        }
      }
    }
    return answer;
  }
}
