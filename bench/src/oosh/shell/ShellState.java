package oosh.shell;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import oosh.BenchBackends;
import oosh.journal.Touch;
import oosh.rollout.cloud.Profile;
import oosh.shell.screen.StreamScreen;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole shell over a journal on disk, whose screen goes nowhere. */
@State(Scope.Benchmark)
public class ShellState {
  @Param("")
  public String home;

  /** What is said beside the answer: why something failed. */
  final StringWriter said = new StringWriter();

  Backends backends;
  Shell shell;
  private Touch other;

  @Setup(Level.Trial)
  public void open() {
    backends = BenchBackends.of(Path.of(home));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Profile profile = backends.profiles().named(Profile.SANDBOX);
    Session session =
        new Session(
            backends,
            new StreamScreen(nowhere, new PrintWriter(said, true), () -> 120, false, null),
            profile,
            null,
            null);
    shell = new Shell(session);
    backends.journal();
    other = new Touch(Path.of(home));
  }

  /** Not measured itself. */
  @Setup(Level.Invocation)
  public void write() {
    other.touch();
  }

  @TearDown(Level.Trial)
  public void close() {
    other.close();
    backends.close();
  }
}
