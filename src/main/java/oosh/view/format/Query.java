package oosh.view.format;

import com.google.gson.JsonElement;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.gson.GsonRuntime;
import io.burt.jmespath.parser.ParseException;
import oosh.rollout.Problem;

/** A JMESPath expression, as the vendor's CLI takes it, over a JSON answer. */
public final class Query {
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
    try {
      return new Query(text, new GsonRuntime().compile(text));
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
      return expression.search(answer);
    } catch (JmesPathException e) {
      throw Problem.refused(
          "the answer could not be queried with \"" + text + "\"",
          words(e),
          "the same without --query: the command itself was done");
    }
  }
}
