package oosh.rollout;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter of an OOS template.
 *
 * @param allowed the values it takes; empty if any
 * @param min the least that a number may be, {@code max} the most
 * @param sentence what it does, for completion and help
 */
public record TemplateParameter(
    String name, Type type, List<String> allowed, long min, long max, String sentence) {
  /** The template language's types, as far as the public templates use them. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    LIST
  }

  public TemplateParameter {
    allowed = List.copyOf(allowed);
  }

  static TemplateParameter of(String name, Type type, List<String> allowed, String sentence) {
    return new TemplateParameter(name, type, allowed, Long.MIN_VALUE, Long.MAX_VALUE, sentence);
  }

  static TemplateParameter number(String name, long min, long max, String sentence) {
    return new TemplateParameter(name, Type.NUMBER, List.of(), min, max, sentence);
  }

  /**
   * What was typed, as the value to send: a String, a Long, a Boolean, or a List of String (from a
   * comma list).
   *
   * @throws Problem if it is not of the type or not among the allowed values
   */
  public Object value(String text) {
    return switch (type) {
      case STRING -> checked(text);
      case NUMBER -> {
        long number;
        try {
          number = Long.parseLong(text);
        } catch (NumberFormatException e) {
          throw bad(text, "it takes a whole number");
        }
        if (number < min || number > max) {
          throw bad(text, "it takes " + min + " to " + max);
        }
        yield number;
      }
      case BOOLEAN -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw bad(text, "it takes true or false");
        }
        yield Boolean.valueOf(text);
      }
      case LIST -> Arrays.stream(text.split(",")).map(String::trim).map(this::checked).toList();
    };
  }

  private String checked(String text) {
    if (!allowed.isEmpty() && !allowed.contains(text)) {
      throw bad(text, "it takes " + String.join(", ", allowed));
    }
    return text;
  }

  private Problem bad(String text, String why) {
    return Problem.usage(
        "cannot set " + name + " to \"" + text + "\"",
        why,
        "stage set " + name + " " + (allowed.isEmpty() ? "VALUE" : allowed.get(0)));
  }
}
