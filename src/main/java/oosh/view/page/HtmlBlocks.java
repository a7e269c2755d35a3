package oosh.view.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Block;
import oosh.view.document.Tone;

/** The parts of a report as HTML. What is very long is cut, and the page says by how much. */
public final class HtmlBlocks {
  /** Of one text on lines of its own, in characters: nobody reads more of it on a page. */
  private static final int LONGEST_LISTING = 64 * 1024;

  /** Of all such texts of a page together. */
  private static final int LONGEST_LISTINGS = 2 * 1024 * 1024;

  /** Of one text on a line, in characters. */
  private static final int LONGEST_SPAN = 1000;

  /** Names in a row, as of the instances with the same output. */
  private static final int MOST_NAMES = 24;

  private static final int MOST_ROWS = 500;

  /** What stands on one line of a cell, in characters. */
  private static final int SHORT = 32;

  private final HtmlWriter html;
  private int listed;

  HtmlBlocks(HtmlWriter html) {
    this.html = html;
  }

  /**
   * All of them.
   *
   * @param caption of a table among them
   */
  public void all(List<Block> blocks, String caption) {
    blocks.forEach(b -> block(b, caption));
  }

  private void block(Block block, String caption) {
    if (block instanceof ReportDocument.Paragraph p) {
      html.element("p", () -> phrase(p.text()));
    } else if (block instanceof ReportDocument.Points p) {
      html.element(
          "ul",
          () ->
              p.points().stream()
                  .limit(MOST_ROWS)
                  .forEach(point -> html.element("li", () -> phrase(point))));
      more(p.points().size() - MOST_ROWS, "line");
    } else if (block instanceof ReportDocument.Facts f) {
      facts(f, caption);
    } else if (block instanceof ReportDocument.Grid g) {
      grid(g, caption);
    } else if (block instanceof ReportDocument.Listing l) {
      listing(l, caption);
    } else {
      throw new IllegalStateException("no HTML of " + block);
    }
    html.newLine();
  }

  private void facts(ReportDocument.Facts facts, String caption) {
    html.element(
        "table",
        List.of("class", "facts"),
        () -> {
          html.element("caption", List.of(), caption).newLine();
          html.element(
              "tbody",
              () ->
                  facts.facts().stream()
                      .filter(f -> !f.value().isEmpty())
                      .forEach(
                          f ->
                              html.element(
                                      "tr",
                                      () -> {
                                        html.element("th", List.of("scope", "row"), f.name());
                                        html.element("td", () -> phrase(f.value()));
                                      })
                                  .newLine()));
        });
  }

  private void grid(ReportDocument.Grid grid, String caption) {
    scrolling(
        caption,
        () ->
            html.element(
                "table",
                () -> {
                  html.element("caption", List.of(), caption).newLine();
                  html.element(
                      "thead",
                      () ->
                          html.element(
                              "tr",
                              () ->
                                  grid.columns()
                                      .forEach(
                                          c -> html.element("th", List.of("scope", "col"), c))));
                  html.newLine().element("tbody", () -> shown(grid.rows()).forEach(this::row));
                }));
    more(grid.rows().size() - MOST_ROWS, "row");
  }

  /** All rows, in their order; of too many first those that need a look. */
  private static List<List<Phrase>> shown(List<List<Phrase>> rows) {
    if (rows.size() <= MOST_ROWS) {
      return rows;
    }
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted(Comparator.comparing(n -> !needsLook(rows.get(n))))
        .limit(MOST_ROWS)
        .sorted()
        .map(rows::get)
        .toList();
  }

  private static boolean needsLook(List<Phrase> row) {
    return row.stream()
        .flatMap(cell -> cell.spans().stream())
        .anyMatch(span -> span.tone() == Tone.BAD || span.tone() == Tone.CAREFUL);
  }

  private void row(List<Phrase> cells) {
    html.element("tr", () -> cells.forEach(this::cell)).newLine();
  }

  /** A time or an id is not broken, and a message has room beside it. */
  private void cell(Phrase cell) {
    int length = cell.spans().stream().mapToInt(s -> s.text().length()).sum();
    boolean sentence =
        cell.spans().stream()
            .anyMatch(s -> s.foreign() && s.tone() == null && s.text().contains(" "));
    List<String> style =
        length <= SHORT && !sentence
            ? List.of("class", "short")
            : length > 2 * SHORT ? List.of("class", "long") : List.of();
    html.element("td", style, () -> phrase(cell));
  }

  private void more(int left, String what) {
    if (left > 0) {
      html.element("p", List.of("class", "more"), "… and " + count(left, what) + " more.");
    }
  }

  private static String count(int n, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
  }

  /** What may be wider than a small screen, and can be scrolled by keys, too. */
  void scrolling(String label, Runnable content) {
    html.element(
        "div",
        List.of("class", "scroll", "tabindex", "0", "role", "region", "aria-label", label),
        content);
  }

  private void listing(ReportDocument.Listing listing, String caption) {
    // Before it is cut: half a secret is no longer told as one.
    String text = html.safe(listing.text()).stripTrailing();
    int room = Math.min(LONGEST_LISTING, LONGEST_LISTINGS - listed);
    String shown = text.length() <= room ? text : whole(text, room);
    listed += shown.length();
    if (!shown.isEmpty() || text.isEmpty()) {
      listing(listing.language(), shown, caption);
    }
    more(text.length() - shown.length(), "character");
  }

  private void listing(String language, String shown, String caption) {
    html.element(
        "pre",
        List.of("tabindex", "0", "role", "region", "aria-label", caption),
        () -> {
          if (language.equals("diff")) {
            shown.lines().forEach(this::difference);
          } else {
            html.element("code", List.of(), shown);
          }
        });
  }

  /** The mark at its beginning says what the colour says. */
  private void difference(String line) {
    String kind =
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '+' -> "ins";
          case '-' -> "del";
          default -> "span";
        };
    html.element(kind, List.of(), line + "\n");
  }

  /** The beginning of a text, not ending in half a character. */
  static String whole(String text, int length) {
    boolean half = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, half ? length - 1 : length);
  }

  /** Words and names; of a long row of names the first. */
  public void phrase(Phrase phrase) {
    int names = 0;
    int left = 0;
    List<Phrase.Span> spans = phrase.spans();
    for (int i = 0; i < spans.size(); i++) {
      Phrase.Span span = spans.get(i);
      boolean comma = span.text().equals(", ") && !span.foreign();
      names = comma ? names : span.foreign() && span.tone() == null ? names + 1 : 0;
      if (names > MOST_NAMES || (comma && names == MOST_NAMES)) {
        left += comma ? 0 : 1;
        continue;
      }
      more(left);
      left = 0;
      span(span);
    }
    more(left);
  }

  private void more(int left) {
    if (left > 0) {
      html.text(String.format(Locale.ROOT, " and %,d more", left));
    }
  }

  private void span(Phrase.Span span) {
    Tone tone = span.tone();
    String text = cut(html.safe(span.text()));
    if (tone != null) {
      html.element(
          "span",
          List.of("class", "badge " + word(tone)),
          () -> html.element("span", List.of("aria-hidden", "true"), sign(tone) + " ").text(text));
    } else if (span.foreign()) {
      // Its own direction: a name in Arabic leaves the words around it where they are.
      html.element("bdi", List.of(), text);
    } else {
      html.text(text);
    }
  }

  static String cut(String text) {
    return text.length() <= LONGEST_SPAN ? text : whole(text, LONGEST_SPAN) + "…";
  }

  static String word(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  /** What tells a tone without its colour. */
  static String sign(Tone tone) {
    return switch (tone) {
      case GOOD -> "✓";
      case BAD -> "✗";
      case CAREFUL -> "!";
      case PLAIN -> "•";
    };
  }

  /** The phrase without anything around its words. */
  String plain(Phrase phrase) {
    StringBuilder text = new StringBuilder();
    phrase.spans().forEach(s -> text.append(cut(html.safe(s.text()))));
    return text.toString();
  }
}
