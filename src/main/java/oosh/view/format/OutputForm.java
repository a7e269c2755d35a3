package oosh.view.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code --output} takes. */
public enum OutputForm {
  TEXT,
  JSON,
  YAML,
  /** AnswerRows of values with a tab between them, without a header. */
  TSV,
  /** AnswerRows as RFC 4180 has them, with a header. */
  CSV,
  /** Prometheus's text format, of a verb that counts something. */
  PROMETHEUS;

  /** What every verb answers in. */
  public static final List<OutputForm> USUAL = List.of(TEXT, JSON, YAML, TSV, CSV);

  /** As it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OutputForm> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
  }

  /** Whether a problem is answered in this form, too; rows have no place for one. */
  public boolean hasProblems() {
    return this == JSON || this == YAML;
  }
}
