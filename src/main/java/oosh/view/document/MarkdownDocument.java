package oosh.view.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.view.text.Markdown;

/** A report as Markdown (CommonMark and GitHub's tables), for a ticket. */
public final class MarkdownDocument {
  private MarkdownDocument() {}

  /** All of it, without an end of line behind it. */
  public static String text(ReportDocument document) {
    List<String> parts = new ArrayList<>();
    parts.add("# " + line(document.title()));
    document.facts().forEach(b -> parts.add(block(b)));
    for (ReportDocument.Section section : document.sections()) {
      parts.add("## " + line(section.title()));
      section.blocks().forEach(b -> parts.add(block(b)));
    }
    return String.join("\n\n", parts).stripTrailing();
  }

  private static String block(ReportDocument.Block block) {
    // Sealed, but Java 17 has no switch over types.
    if (block instanceof ReportDocument.Paragraph p) {
      return line(p.text());
    } else if (block instanceof ReportDocument.Points p) {
      return p.points().stream().map(point -> "- " + line(point)).collect(Collectors.joining("\n"));
    } else if (block instanceof ReportDocument.Facts f) {
      return "| | |\n|---|---|\n" + facts(f);
    } else if (block instanceof ReportDocument.Grid g) {
      return grid(g);
    } else if (block instanceof ReportDocument.Listing l) {
      return Markdown.fenced(l.language(), l.text()).stripTrailing();
    }
    throw new IllegalStateException("no Markdown of " + block);
  }

  private static String facts(ReportDocument.Facts facts) {
    return facts.facts().stream()
        .filter(f -> !cell(f.value()).isEmpty())
        .map(f -> Markdown.row(f.name(), cell(f.value())))
        .collect(Collectors.joining())
        .stripTrailing();
  }

  private static String grid(ReportDocument.Grid grid) {
    return Markdown.row(grid.columns().toArray())
        + "|"
        + "---|".repeat(grid.columns().size())
        + "\n"
        + grid.rows().stream()
            .map(row -> Markdown.row(row.stream().map(MarkdownDocument::cell).toArray()))
            .collect(Collectors.joining())
            .stripTrailing();
  }

  private static String line(Phrase phrase) {
    return phrase.spans().stream()
        .map(s -> s.foreign() ? Markdown.code(s.text()) : s.text())
        .collect(Collectors.joining());
  }

  private static String cell(Phrase phrase) {
    return phrase.spans().stream()
        .map(s -> s.foreign() ? Markdown.cell(s.text()) : s.text())
        .collect(Collectors.joining());
  }
}
