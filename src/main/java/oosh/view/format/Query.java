package oosh.view.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.gson.GsonRuntime;
import io.burt.jmespath.parser.ParseException;
import oosh.rollout.Problem;

/** A JMESPath expression, as the vendor's CLI takes it, over a JSON answer. */
public final class Query {
  /** Longer than anybody types; a parser of nested brackets needs a frame for each. */
  private static final int MOST_CHARACTERS = 1000;

  /** As many values as an answer of a service may have. */
  private static final int MOST_VALUES = 250_000;

  private final String text;
  private final Expression<JsonElement> expression;

  private Query(String text, Expression<JsonElement> expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * @throws Problem USAGE if it is no JMESPath: told before the verb does anything
   */
  public static Query of(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw Problem.usage(
          "--query is too long",
          "it has " + text.length() + " characters, of " + MOST_CHARACTERS + " at most",
          EXAMPLE);
    }
    try {
      return new Query(text, new GsonRuntime().compile(text));
    } catch (StackOverflowError e) {
      throw Problem.usage("--query is too deep", "its brackets cannot be read", EXAMPLE);
    } catch (ParseException e) {
      throw Problem.usage(
          "--query does not take \"" + text + "\"", "it is no JMESPath: " + place(e), EXAMPLE);
    } catch (JmesPathException e) {
      throw Problem.usage("--query does not take \"" + text + "\"", words(e), EXAMPLE);
    }
  }

  private static final String EXAMPLE = "history --query '[0].executionId'";

  private static String place(ParseException e) {
    StringBuilder all = new StringBuilder();
    e.forEach(
        error ->
            all.append(all.isEmpty() ? "" : "; ")
                .append(error.message())
                .append(" at character ")
                .append(error.position() + 1));
    return all.toString();
  }

  private static String words(RuntimeException e) {
    return String.valueOf(e.getMessage()).strip();
  }

  /**
   * What it picks of the answer; JSON's null for nothing.
   *
   * @throws Problem REFUSED if a function of it takes no such value
   */
  JsonElement of(JsonElement answer) {
    try {
      JsonElement picked = expression.search(answer);
      if (values(picked, MOST_VALUES) < 0) {
        throw failed("it makes more than " + MOST_VALUES + " values");
      }
      return picked;
    } catch (JmesPathException e) {
      throw failed(words(e));
    } catch (StackOverflowError e) {
      throw failed("it goes too deep");
    }
  }

  private Problem failed(String why) {
    return Problem.refused(
        "the answer could not be queried with \"" + text + "\"",
        why,
        "history, or show EXEC: the command itself was done");
  }

  /** What is left of so many values after all of this one; negative if they are too many. */
  private static int values(JsonElement json, int most) {
    int left = most - 1;
    if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size() && left >= 0; i++) {
        left = values(array.get(i), left);
      }
    } else if (json instanceof JsonObject object) {
      for (JsonElement value : object.asMap().values()) {
        left = left < 0 ? left : values(value, left);
      }
    }
    return left;
  }
}
