package oosh.rollout.cloud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an OOS template.
 *
 * @param allowed the values it takes; empty if any
 * @param min the least that a number may be, {@code max} the most
 * @param shortest the fewest characters of a text, {@code longest} the most
 * @param pattern what a text must match as a whole; "" if anything will do
 * @param fallback what holds where nothing is sent, as JSON value; null if something must be sent
 * @param sentence what it does, for completion and help; "" if the template does not tell
 */
public record TemplateParameter(
    String name,
    Type type,
    List<String> allowed,
    long min,
    long max,
    long shortest,
    long longest,
    String pattern,
    @Nullable Object fallback,
    String sentence) {
  /** The template language's types (source: OOS help, "Parameters"). */
  public enum Type {
    STRING("String"),
    NUMBER("Number"),
    BOOLEAN("Boolean"),
    LIST("List"),
    OBJECT("Json");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** OOS's word; {@code Object} is another for {@code Json}. */
    public String word() {
      return word;
    }

    /** A type that is not known takes text. */
    public static Type of(String word) {
      return word.equals("Object")
          ? OBJECT
          : Arrays.stream(values()).filter(t -> t.word.equals(word)).findFirst().orElse(STRING);
    }
  }

  public TemplateParameter {
    allowed = List.copyOf(allowed);
  }

  public static TemplateParameter of(
      String name, Type type, List<String> allowed, Object fallback, String sentence) {
    return new TemplateParameter(
        name,
        type,
        allowed,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        0,
        Long.MAX_VALUE,
        "",
        fallback,
        sentence);
  }

  public static TemplateParameter number(
      String name, long min, long max, Object fallback, String sentence) {
    return new TemplateParameter(
        name, Type.NUMBER, List.of(), min, max, 0, Long.MAX_VALUE, "", fallback, sentence);
  }

  /** Whether a launch must send it. */
  public boolean required() {
    return fallback == null;
  }

  /**
   * What was typed, as the value to send: a String, a Long, a Double, a Boolean, or a List of
   * String (from a comma list).
   *
   * @throws Problem if it is not of the type or not among the allowed values; also for an object,
   *     which is not typed so
   */
  public Object value(String text) {
    return switch (type) {
      case STRING -> checked(text);
      case NUMBER -> number(text);
      case BOOLEAN -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw bad(text, "it takes true or false");
        }
        yield Boolean.valueOf(text);
      }
      case LIST -> Arrays.stream(text.split(",")).map(String::trim).map(this::checked).toList();
      case OBJECT -> throw bad(text, "it takes JSON, such as {\"key\": \"value\"}");
    };
  }

  /**
   * A list or an object that was typed as JSON, as the value to send.
   *
   * @param parsed in Java's types
   * @throws Problem if it is not of the type
   */
  public Object json(String text, Object parsed) {
    if (type == Type.LIST && parsed instanceof List<?> list) {
      List<Object> checked = new ArrayList<>();
      list.forEach(item -> checked.add(item instanceof String s ? checked(s) : item));
      return checked;
    }
    if (type == Type.OBJECT && (parsed instanceof Map || parsed instanceof List)) {
      return parsed;
    }
    throw bad(text, type == Type.LIST ? "it takes a list" : "it takes a JSON object or list");
  }

  private Object number(String text) {
    // A number with a bound is whole, as the bound is.
    boolean whole = min != Long.MIN_VALUE || max != Long.MAX_VALUE;
    if (!text.matches(whole ? "-?\\d{1,18}" : "-?\\d{1,18}(\\.\\d{1,15})?")) {
      throw bad(text, whole ? "it takes a whole number" : "it takes a number");
    }
    double number = Double.parseDouble(text);
    if (number < min || number > max) {
      throw bad(text, "it takes " + range());
    }
    return text.contains(".") ? (Object) number : Long.parseLong(text);
  }

  private String range() {
    return min == Long.MIN_VALUE
        ? "at most " + max
        : max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
  }

  private String checked(String text) {
    if (!allowed.isEmpty() && !allowed.contains(text)) {
      throw bad(text, "it takes " + String.join(", ", allowed));
    }
    if (text.length() < shortest || text.length() > longest) {
      throw bad(
          text,
          longest == Long.MAX_VALUE
              ? "it takes at least " + shortest + " characters"
              : "it takes " + shortest + " to " + longest + " characters");
    }
    if (!pattern.isEmpty() && !matches(text)) {
      throw bad(text, "it takes what matches " + pattern);
    }
    return text;
  }

  /** OOS checks too: a pattern that Java cannot read is not checked here. */
  private boolean matches(String text) {
    try {
      return Pattern.compile(pattern).matcher(text).matches();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }

  private Problem bad(String text, String why) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return Problem.usage(
        "cannot set " + name + " to \"" + shown + "\"",
        why,
        "stage set " + name + " " + (allowed.isEmpty() ? "VALUE" : allowed.get(0)));
  }

  /** What it does, its type, and whether it must be given, for Tab. */
  public String describe() {
    String kind =
        type.word()
            + (allowed.isEmpty() ? "" : ": " + String.join(", ", allowed))
            + (required() ? "; needed" : "");
    return sentence.isEmpty() ? kind : sentence + " (" + kind + ")";
  }
}
