package oosh.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A new journal for each test, in an H2 file and in PostgreSQL. */
@ParameterizedClass
@EnumSource(JournalHome.Database.class)
abstract class EachJournalTestBase {
  @Parameter JournalHome.Database database;
  @TempDir Path directory;
  JournalHome home;
  SqlJournal journal;

  @BeforeEach
  void open() {
    home = database.home(directory);
    journal = home.open();
  }

  @AfterEach
  void close() {
    journal.close();
    home.close();
  }
}
