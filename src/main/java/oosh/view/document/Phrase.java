package oosh.view.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words of oosh's own, with foreign text among them. */
public record Phrase(List<Span> spans) {
  /** No words. */
  public static final Phrase EMPTY = new Phrase(List.of());

  /**
   * A part of a phrase.
   *
   * @param foreign whether it came from outside: a name, a message, a status
   * @param tone of a status; null for what is none
   */
  public record Span(String text, boolean foreign, @Nullable Tone tone) {}

  public Phrase {
    spans = List.copyOf(spans);
  }

  public static Phrase own(String text) {
    return EMPTY.and(text);
  }

  public static Phrase foreign(String text) {
    return EMPTY.andForeign(text);
  }

  public static Phrase status(String word, Tone tone) {
    return new Phrase(List.of(new Span(word, true, tone)));
  }

  /** Followed by words of oosh's own. */
  public Phrase and(String text) {
    return text.isEmpty() ? this : and(new Phrase(List.of(new Span(text, false, null))));
  }

  public Phrase andForeign(String text) {
    return text.isEmpty() ? this : and(new Phrase(List.of(new Span(text, true, null))));
  }

  public Phrase and(Phrase next) {
    List<Span> both = new ArrayList<>(spans);
    both.addAll(next.spans);
    return new Phrase(both);
  }

  /** Foreign texts, with commas in between. */
  public static Phrase list(List<String> texts) {
    return join(texts.stream().map(Phrase::foreign).toList());
  }

  /** With commas in between. */
  public static Phrase join(List<Phrase> phrases) {
    Phrase all = EMPTY;
    for (Phrase p : phrases) {
      all = all.and(all.isEmpty() ? "" : ", ").and(p);
    }
    return all;
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }
}
