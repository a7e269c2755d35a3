package oosh.journal;

import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Answers what was asked before without another query, where the journal has not changed since. */
public interface ReadCache {
  /**
   * Returns the last answer, or reads the journal.
   *
   * @param question everything that the answer depends on beside the journal
   */
  <T> T read(List<Object> question, Function<JdbcTemplate, T> work);
}
