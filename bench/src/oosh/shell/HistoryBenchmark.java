package oosh.shell;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The whole verb: its words, the journal's query, the screen it makes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HistoryBenchmark {
  /**
   * With many and with no answers, and what each index alone is no help with: {@code deploy-7.sh}
   * was launched 25,000 times, all in the other region; nothing of eve's has failed.
   */
  @Param({
    "history",
    "history --group asg-0007",
    "history --status Failed",
    "history --status Running",
    "history --since 30d",
    "history --user ann",
    "history --user zoe",
    "history --script deploy-8.sh",
    "history --script deploy-7.sh",
    "history --status Failed --user eve",
    "history --user ann --script deploy-7.sh --status Cancelled",
    "history --group asg-0007 --user zoe --since 30d",
    "history --stats --since 90d"
  })
  public String line;

  @Benchmark
  public int history(ShellState state) {
    int status = state.shell.run(line);
    if (status != 0) {
      String why = state.said.toString().replaceAll("\\s+", " ");
      throw new IllegalStateException(line + " ended with " + status + ": " + why);
    }
    return status;
  }
}
