package oosh.shell.complete;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.impl.CompletionMatcherImpl;

/**
 * JLine's matches: what begins with the word, else what contains it. Where neither is there, what
 * has the letters of the word in their order: {@code lnch} for launch, {@code b1w} for asg-bp1web.
 */
public final class SubsequenceMatcher extends CompletionMatcherImpl {
  /** What begins with the word, and what contains it. */
  private static final int JLINES = 2;

  /** A single letter is in most words. */
  private static final int SHORTEST = 2;

  @Override
  protected void defaultMatchers(
      Map<LineReader.Option, Boolean> options,
      boolean prefix,
      CompletingParsedLine line,
      boolean caseInsensitive,
      int errors,
      String originalGroupName) {
    super.defaultMatchers(options, prefix, line, caseInsensitive, errors, originalGroupName);
    String word = line.word();
    if (word.length() >= SHORTEST) {
      // Before what JLine takes for a slip of the finger, which may be any other short word.
      matchers.add(Math.min(JLINES, matchers.size()), candidates -> matching(word, candidates));
    }
  }

  /** What begins with the letter of the word comes alone, if there is some. */
  private static Map<String, List<Candidate>> matching(
      String word, Map<String, List<Candidate>> candidates) {
    Map<String, List<Candidate>> matching =
        candidates.entrySet().stream()
            .filter(e -> matches(word, e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    String first = word.substring(0, 1);
    Map<String, List<Candidate>> alike =
        matching.entrySet().stream()
            .filter(e -> e.getKey().regionMatches(true, 0, first, 0, 1))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return alike.isEmpty() ? matching : alike;
  }

  /** Whether a text has the letters of the word in their order, in whatever case. */
  public static boolean matches(String word, String text) {
    String letters = word.toLowerCase(Locale.ROOT);
    String all = text.toLowerCase(Locale.ROOT);
    int at = 0;
    for (int i = 0; i < letters.length(); i++) {
      at = all.indexOf(letters.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }
}
