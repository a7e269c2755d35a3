package oosh.journal;

import java.nio.file.Path;
import java.util.List;

/** What a later oosh does to the tables of this one: a step that this one does not know. */
public final class NewerOosh {
  /** Changes that later steps may make; the first leaves every statement of today's valid. */
  static final List<String> STEPS =
      List.of(
          "create table later (id int primary key)",
          "alter table execution alter column reason rename to because",
          "alter table execution rename to rollout",
          "alter table execution add column must_be_said varchar(8) check (must_be_said is not null)",
          "update execution set state = 'UNHEARD_OF', batch_unit = 'UNHEARD_OF'");

  private NewerOosh() {}

  /** Opens the journal beside whoever has it open, and brings it up to date. */
  public static void bringsUpToDate(Path home) {
    bringsUpToDate(home, STEPS.get(1));
  }

  static void bringsUpToDate(Path home, String step) {
    JournalFixtures.inDatabase(
        home,
        sql -> {
          sql.execute(step);
          sql.update("update schema_version set version = ?", SchemaMigrations.VERSION + 1);
        });
  }
}
