package oosh.journal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class JournalTaskTest {
  private final JdbcTemplate sql = new JdbcTemplate();

  @Test
  void isDoneAgainOnlyWhereNothingWasCommitted() throws SQLException {
    JournalTask<Integer> lost = new JournalTask<>(s -> 1, true);
    assertThatThrownBy(
            () ->
                lost.run(
                    sql,
                    () -> {
                      throw new SQLException("gone");
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(lost.again()).isTrue();

    JournalTask<Integer> done = new JournalTask<>(s -> 1, true);
    done.run(sql, () -> {});
    assertThat(done.again()).as("what failed came behind the commit").isFalse();
  }
}
