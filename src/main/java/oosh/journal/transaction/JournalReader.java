package oosh.journal.transaction;

import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Something that a journal's tables can be read from, a piece of work at a time. */
public interface JournalReader {
  <T> T read(Function<JdbcTemplate, T> work);
}
