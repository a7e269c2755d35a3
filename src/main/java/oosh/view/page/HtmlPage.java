package oosh.view.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;

/*
 * exec-8f31 on asg-bp1web  ✗ Failed 3/6
 * Failed after 12s: 1 failed, 3 succeeded, 2 not reached; …
 * Summary · Timeline · Instances · Outputs · …
 * Made by oosh 2026-03-04T05:06:07Z. Times are UTC.
 */
/** A page that stands for itself: no script, nothing that it loads, light and dark, printable. */
public final class HtmlPage {
  private final HtmlWriter html;
  private final HtmlBlocks blocks;
  private int sections;

  private HtmlPage(HtmlWriter html) {
    this.html = html;
    this.blocks = new HtmlBlocks(html);
  }

  /**
   * Makes a page.
   *
   * @param title of the window and of the page
   * @param lead the sentence below the title; empty for none
   * @param mask takes secrets out of a text
   * @param body the sections
   */
  public static String of(
      Phrase title, Phrase lead, Instant now, UnaryOperator<String> mask, Consumer<HtmlPage> body) {
    HtmlWriter html = new HtmlWriter(mask);
    HtmlPage page = new HtmlPage(html);
    PageStyle style = PageStyle.read();
    html.element(
        "html",
        List.of("lang", "en"),
        () -> {
          html.newLine().element("head", () -> head(html, style, page.blocks.plain(title)));
          html.newLine()
              .element(
                  "body",
                  () -> {
                    page.header(title, lead);
                    html.newLine().element("main", () -> body.accept(page));
                    html.newLine()
                        .element(
                            "footer",
                            List.of(),
                            "Made by oosh, "
                                + now.truncatedTo(ChronoUnit.SECONDS)
                                + ". Times are UTC.");
                  });
        });
    return html.end();
  }

  private static void head(HtmlWriter html, PageStyle style, String title) {
    html.newLine().empty("meta", "charset", "utf-8").newLine();
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", style.policy());
    html.newLine()
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .newLine()
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .newLine()
        .empty("meta", "name", "referrer", "content", "no-referrer")
        .newLine()
        .element("title", List.of(), title)
        .newLine();
    html.style(style.css());
    html.newLine();
  }

  private void header(Phrase title, Phrase lead) {
    html.newLine()
        .element(
            "header",
            () -> {
              html.element("h1", () -> blocks.phrase(title));
              if (!lead.isEmpty()) {
                html.newLine().element("p", List.of("class", "lead"), () -> blocks.phrase(lead));
              }
            });
  }

  /** A section under a heading. */
  public void section(Phrase title, Runnable content) {
    String id = "s" + ++sections;
    html.newLine()
        .element(
            "section",
            List.of("aria-labelledby", id),
            () -> {
              html.newLine().element("h2", List.of("id", id), () -> blocks.phrase(title)).newLine();
              content.run();
            });
  }

  /** A section of a report; a table in it has the same name. */
  public void section(Phrase title, List<ReportDocument.Block> content) {
    section(title, () -> blocks.all(content, blocks.plain(title)));
  }

  public HtmlWriter html() {
    return html;
  }

  public HtmlBlocks blocks() {
    return blocks;
  }
}
