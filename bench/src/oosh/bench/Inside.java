package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.shell.HistoryBenchmark;
import oosh.shell.TabBenchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** JMH, in JVMs with the launcher's flags. */
final class Inside {
  private final Stage stage;
  private final Path log;
  private final boolean quick;

  Inside(Stage stage, Path log, boolean quick) {
    this.stage = stage;
    this.log = log;
    this.quick = quick;
  }

  /** What a Tab costs, in milliseconds, by what was typed. */
  Map<String, Statistics> tabs(Path home) {
    return run(TabBenchmark.class, "typed", home);
  }

  /** What a history costs, by its line. */
  Map<String, Statistics> histories(Path home) {
    return run(HistoryBenchmark.class, "line", home);
  }

  /** The lines that {@link #histories} has figures of, but for those that failed. */
  static List<String> lines() {
    try {
      return List.of(HistoryBenchmark.class.getField("line").getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What JMH's words say about a line that failed. */
  String why(String line) {
    try {
      return Files.readAllLines(log).stream()
          .filter(l -> l.contains("Exception: " + line + " "))
          .map(l -> l.replaceFirst("^.*Exception: ", ""))
          .findFirst()
          .orElse("JMH's words are in " + log.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Statistics> run(Class<?> benchmark, String parameter, Path home) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName() + ".*")
            .param("home", home.toString())
            .jvm(stage.jdk().java())
            .jvmArgs(stage.flags().toArray(String[]::new))
            .jvmArgsAppend("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"))
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.seconds(quick ? 1 : 2))
            .measurementIterations(quick ? 1 : 2)
            .measurementTime(TimeValue.seconds(quick ? 1 : 2))
            .output(log.toString());
    try {
      Collection<RunResult> all = new Runner(options.build()).run();
      Map<String, Statistics> answer = new LinkedHashMap<>();
      for (RunResult one : all) {
        answer.put(one.getParams().getParam(parameter), one.getPrimaryResult().getStatistics());
      }
      if (answer.isEmpty()) {
        throw new IllegalStateException("JMH measured nothing; its words are in " + log);
      }
      return answer;
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH failed; its words are in " + log, e);
    }
  }
}
