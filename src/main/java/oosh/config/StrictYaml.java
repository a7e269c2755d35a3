package oosh.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.config.YamlValue.Place;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * YAML that a person writes and another one reads: one document of maps, lists and words. What
 * makes a text mean something else than it says at first sight is refused: anchors, tags, merge
 * keys, keys that are there twice, control characters.
 */
public final class StrictYaml {
  /** The longest text, in bytes of UTF-8. */
  public static final int MOST_BYTES = 1024 * 1024;

  /** Deeper than any file of oosh's is; each level is a call here. */
  private static final int DEEPEST = 20;

  private static final String INVALID = "it is not valid YAML";

  /** What no editor shows. A byte order mark may stand at the beginning. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\x{2028}\\x{2029}\\x{feff}]");

  /** Makes the problem of a mistake. */
  public interface Mistake {
    /**
     * @param at null where it is the whole text
     * @param why as {@code "batch" is set twice}
     */
    Problem of(@Nullable Place at, String why);
  }

  private final Iterator<Event> events;
  private final Mistake mistake;

  private StrictYaml(Iterator<Event> events, Mistake mistake) {
    this.events = events;
    this.mistake = mistake;
  }

  /**
   * Reads a text; empty if there is no value in it.
   *
   * @throws Problem of the mistake, if there is one
   */
  public static Optional<YamlValue> read(String typed, Mistake mistake) {
    String text = typed.startsWith("\ufeff") ? typed.substring(1) : typed;
    if (text.length() > MOST_BYTES) {
      throw mistake.of(null, "it is larger than " + MOST_BYTES / 1024 + " KiB");
    }
    Matcher hidden = HIDDEN.matcher(text);
    if (hidden.find()) {
      throw mistake.of(place(text, hidden.start()), "it has a character that YAML does not allow");
    }
    try {
      Iterator<Event> events =
          new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
      return new StrictYaml(events, mistake).document();
    } catch (MarkedYAMLException e) {
      throw mistake.of(e.getProblemMark() == null ? null : place(e.getProblemMark()), INVALID);
    } catch (YAMLException e) {
      throw mistake.of(null, INVALID);
    }
  }

  private static Place place(String text, int index) {
    String before = text.substring(0, index);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Place(line, index - before.lastIndexOf('\n'));
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Optional<YamlValue> document() {
    Optional<YamlValue> value = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        value = Optional.of(value(node, 1));
      } else if (event instanceof DocumentStartEvent && value.isPresent()) {
        throw wrong(event, "a second document begins here, and only one is read");
      }
    }
    return value.filter(v -> !(v instanceof YamlValue.Text text && text.text().isEmpty()));
  }

  private YamlValue value(Event event, int depth) {
    requirePlain(event);
    if (depth > DEEPEST) {
      throw wrong(event, "it is more than " + DEEPEST + " levels deep");
    }
    if (event instanceof ScalarEvent scalar) {
      return text(scalar);
    }
    return event instanceof SequenceStartEvent ? items(event, depth) : fields(event, depth);
  }

  private void requirePlain(Event event) {
    String name =
        event instanceof AliasEvent
            ? "an alias"
            : event instanceof NodeEvent node && node.getAnchor() != null
                ? "an anchor"
                : tag(event) != null ? "a tag" : null;
    if (name != null) {
      throw wrong(event, name + " is not taken: write the value itself");
    }
  }

  private static @Nullable String tag(Event event) {
    return event instanceof ScalarEvent scalar
        ? scalar.getTag()
        : event instanceof SequenceStartEvent list
            ? list.getTag()
            : event instanceof MappingStartEvent map ? map.getTag() : null;
  }

  private YamlValue.Text text(ScalarEvent scalar) {
    String text = scalar.getValue();
    boolean block =
        switch (scalar.getScalarStyle()) {
          case LITERAL, FOLDED -> true;
          default -> false;
        };
    // An escape in quotes can stand for one.
    if (HIDDEN.matcher(text).find() || text.indexOf('\r') >= 0) {
      throw wrong(scalar, "it has a line end or another control character");
    }
    return new YamlValue.Text(text, block, place(scalar.getStartMark()));
  }

  private YamlValue items(Event start, int depth) {
    List<YamlValue> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new YamlValue.Items(items, place(start.getStartMark()));
  }

  private YamlValue fields(Event start, int depth) {
    List<YamlValue.Field> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      requirePlain(e);
      if (!(e instanceof ScalarEvent scalar)) {
        throw wrong(e, "a key is a word");
      }
      YamlValue.Text key = text(scalar);
      if (scalar.isPlain() && key.text().equals("<<")) {
        throw wrong(e, "a merge key is not taken: write the values themselves");
      }
      if (!keys.add(key.text())) {
        throw wrong(e, "\"" + key.text() + "\" is set twice");
      }
      fields.add(new YamlValue.Field(key.text(), key.at(), value(events.next(), depth + 1)));
    }
    return new YamlValue.Fields(fields, place(start.getStartMark()));
  }

  private Problem wrong(Event event, String why) {
    return mistake.of(place(event.getStartMark()), why);
  }
}
