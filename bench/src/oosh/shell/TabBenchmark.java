package oosh.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import oosh.shell.complete.ShellCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the line editor asks of oosh on Tab: the line's words, and the candidates for the last. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TabBenchmark {
  /** The last begins few ids of 100,000, so that it is looked up by id; of 1,000 likely none. */
  @Param({"rollback ", "rollback exec-7", "rollback exec-7a4"})
  public String typed;

  private final LineParser parser = new LineParser();
  private ShellCompleter completer;
  private LineReader reader;

  @Setup
  public void open(ShellState state) throws IOException {
    completer = new ShellCompleter(() -> state.shell);
    Terminal terminal =
        new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream());
    terminal.setSize(new Size(120, 40));
    reader = LineReaderBuilder.builder().terminal(terminal).build();
  }

  @Benchmark
  public List<Candidate> tab(ShellState state) {
    ParsedLine line = parser.parse(typed, typed.length(), Parser.ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    completer.complete(reader, line, candidates);
    if (candidates.isEmpty()) {
      throw new IllegalStateException("no candidates for " + typed);
    }
    return candidates;
  }
}
