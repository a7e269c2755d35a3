package oosh.view.page;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import oosh.view.text.TextSanitizer;

/**
 * HTML that is well-formed XML, too: the one place where text becomes a part of a page. Every text
 * and every attribute is masked, made visible by {@link VisibleText} and escaped here; there is no
 * way to write markup as text.
 *
 * <p>The JDK's writer escapes; it is loaded when a page is made, and not before.
 */
public final class HtmlWriter {
  /** Elements that HTML closes by themselves, and those of SVG without content. */
  private static final List<String> EMPTY =
      List.of("meta", "rect", "line", "path", "circle", "polygon");

  private final StringWriter page = new StringWriter();
  private final UnaryOperator<String> mask;
  private final XMLStreamWriter xml;

  /**
   * A page without content.
   *
   * @param mask takes secrets out of a text
   */
  HtmlWriter(UnaryOperator<String> mask) {
    this.mask = mask;
    page.write("<!DOCTYPE html>\n");
    try {
      // Not newInstance: that looks for other writers on the class path.
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(page);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Step {
    void run() throws XMLStreamException;
  }

  private HtmlWriter write(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An element with what is in it.
   *
   * @param attributes names and values, in turn
   */
  public HtmlWriter element(String name, List<String> attributes, Runnable content) {
    write(() -> xml.writeStartElement(name));
    attributes(attributes);
    content.run();
    return write(xml::writeEndElement);
  }

  public HtmlWriter element(String name, Runnable content) {
    return element(name, List.of(), content);
  }

  /** An element with a text. */
  public HtmlWriter element(String name, List<String> attributes, String text) {
    return element(name, attributes, () -> text(text));
  }

  /** An element that never has content. */
  public HtmlWriter empty(String name, String... attributes) {
    if (!EMPTY.contains(name)) {
      throw new IllegalStateException("an element with content: " + name);
    }
    write(() -> xml.writeEmptyElement(name));
    return attributes(List.of(attributes));
  }

  private HtmlWriter attributes(List<String> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      String name = pairs.get(i);
      if (name.equals("style") || name.startsWith("on") || name.matches("href|src|action")) {
        throw new IllegalStateException("a page has no attribute " + name);
      }
      String value = safe(pairs.get(i + 1));
      write(() -> xml.writeAttribute(name, value));
    }
    return this;
  }

  public HtmlWriter text(String text) {
    String safe = safe(text);
    return write(() -> xml.writeCharacters(safe));
  }

  /** The stylesheet, whose text is not escaped: it has no character that would be. */
  void style(String css) {
    if (css.matches("(?s).*[<>&].*")) {
      throw new IllegalStateException("a stylesheet without < > & was expected");
    }
    write(() -> xml.writeStartElement("style"));
    write(() -> xml.writeCharacters(css));
    write(xml::writeEndElement);
  }

  /** A text without secrets, with signed addresses cut, and with all of it to be seen. */
  String safe(String text) {
    return VisibleText.of(TextSanitizer.unsigned(mask.apply(text)));
  }

  /** A line end, so that a page can be read as text, too. */
  HtmlWriter newLine() {
    return write(() -> xml.writeCharacters("\n"));
  }

  /** The whole page. */
  String end() {
    write(xml::flush);
    return page.append('\n').toString();
  }

  /** A number for a coordinate: {@code 12.5}. */
  public static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
