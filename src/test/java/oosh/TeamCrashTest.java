package oosh;

import java.io.IOException;
import java.util.Map;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The same with the journal of a team. At every other point it is not oosh that is killed but its
 * PostgreSQL, or the network between them is cut; then oosh goes on to its end as it can, and the
 * line is typed again when the journal answers again.
 */
class TeamCrashTest extends CrashTest {
  private PostgresServer server;
  private PostgresDatabase database;
  private CutLine line;
  private int strikes;

  @BeforeEach
  void openTeam() throws IOException {
    server = PostgresServer.start(Map.of());
    database = server.newDatabase();
    line = new CutLine(server.port());
  }

  @AfterEach
  void closeTeam() throws IOException {
    line.close();
    server.close();
  }

  /** Each takes longer here, where a network is cut. */
  @Override
  int howOften() {
    return Integer.getInteger("oosh.kills", 4);
  }

  @Override
  String kept() {
    return "team-crash";
  }

  @Override
  Map<String, String> journal() {
    return Map.of(
        "OOSH_JOURNAL",
        database
            .url(PostgresServer.SUPERUSER)
            .replace(":" + server.port() + "/", ":" + line.port() + "/"));
  }

  @Override
  String strike(OoshProcess oosh) throws Exception {
    return switch (strikes++ % 3) {
      case 0 -> super.strike(oosh);
      case 1 -> {
        server.kill();
        goOn(oosh);
        server.restart();
        yield ", where the server was killed";
      }
      default -> {
        line.cut();
        goOn(oosh);
        line.mend();
        yield ", where the network was cut";
      }
    };
  }

  private static void goOn(OoshProcess oosh) throws Exception {
    if (oosh.alive()) {
      oosh.type("\n");
    }
    oosh.output().lines().forEach(line -> {});
    oosh.awaitExit();
  }
}
