package oosh.view.document;

import java.util.List;
import java.util.Optional;

/**
 * A report as parts.
 *
 * @param facts what stands above all sections
 */
public record ReportDocument(Phrase title, List<Block> facts, List<Section> sections) {
  public ReportDocument {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /** A part under a heading of its own. */
  public record Section(Phrase title, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }

    /** With a title of oosh's own words. */
    public Section(String title, List<Block> blocks) {
      this(Phrase.own(title), blocks);
    }
  }

  /** What a section is made of. */
  public sealed interface Block {}

  /** Sentences. */
  public record Paragraph(Phrase text) implements Block {}

  /** A list without an order. */
  public record Points(List<Phrase> points) implements Block {
    public Points {
      points = List.copyOf(points);
    }
  }

  /** Names and what they are. */
  public record Facts(List<Fact> facts) implements Block {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /** A name and what it is; one that is nothing is not shown. */
  public record Fact(String name, Phrase value) {}

  /** A table; each row has as many cells as there are names of columns. */
  public record Grid(List<String> columns, List<List<Phrase>> rows) implements Block {
    public Grid {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Foreign text on lines of its own.
   *
   * @param language what highlighting should take it for
   */
  public record Listing(String language, String text) implements Block {}

  /** The section of that title, if it is there. */
  public Optional<Section> section(String title) {
    return sections.stream().filter(s -> s.title().equals(Phrase.own(title))).findFirst();
  }
}
