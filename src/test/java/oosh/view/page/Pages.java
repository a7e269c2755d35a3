package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What holds of every page. */
public final class Pages {
  /** Nothing else is in a page: none of these loads, runs, or leads anywhere. */
  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title style body header h1 h2 p main section footer div table caption"
                  + " thead tbody tr th td ul li bdi span pre code ins del figure figcaption svg"
                  + " desc g rect line text path")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("lang charset http-equiv content name class id scope tabindex role aria-label"
                  + " aria-labelledby aria-hidden viewBox width height x y x1 x2 y1 y2 rx d"
                  + " text-anchor")
              .split(" "));

  private Pages() {}

  /** The page, well-formed, with no script, no address and one style by its hash. */
  public static Document checked(String html) throws Exception {
    assertThat(html).startsWith("<!DOCTYPE html>\n").endsWith("</html>\n");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    Document page = factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    for (Element e : elements(page, "*")) {
      assertThat(e.getTagName()).isIn(ELEMENTS);
      for (int i = 0; i < e.getAttributes().getLength(); i++) {
        assertThat(e.getAttributes().item(i).getNodeName()).isIn(ATTRIBUTES);
      }
    }
    List<Element> styles = elements(page, "style");
    assertThat(styles).hasSize(1);
    String css = styles.get(0).getTextContent();
    // A browser takes the text of a style as it stands, an XML parser unescaped.
    assertThat(html).contains("<style>" + css + "</style>");
    assertThat(css).doesNotContain("url(", "@import");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
    assertThat(elements(page, "meta").get(1).getAttribute("content"))
        .startsWith(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "';");
    elements(page, "table").forEach(t -> assertThat(elements(t, "caption")).hasSize(1));
    return page;
  }

  public static List<Element> elements(Document page, String name) {
    return list(page.getElementsByTagName(name));
  }

  static List<Element> elements(Element in, String name) {
    return list(in.getElementsByTagName(name));
  }

  private static List<Element> list(NodeList nodes) {
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      all.add((Element) nodes.item(i));
    }
    return all;
  }

  /** The titles of its sections. */
  public static List<String> titles(Document page) {
    return elements(page, "h2").stream().map(Element::getTextContent).toList();
  }
}
