package oosh.sandbox.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The jq of a PropertySelector. Both forms are taken, {@code .Executions[].Status} and, as public
 * templates have it, {@code Executions[].Status}. Its bounds are the sandbox's: a selector must not
 * stop the clock.
 */
public final class PropertySelector {
  /** In characters. */
  private static final int MAX_LENGTH = 4096;

  private static final int MAX_VALUES = 10_000;

  /** A loop may have 1,000 items, each with a selector of its own. */
  private static final int MAX_COMPILED = 2_000;

  /** The functions that want a library of regular expressions, which the sandbox leaves out. */
  private static final Pattern MISSING =
      Pattern.compile("(?<![.$\\w])(test|match|capture|scan|splits|sub|gsub)\\s*\\(");

  private static final Pattern TEXTS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern WITHOUT_DOT = Pattern.compile("(?s)[A-Z]\\w*(?![\\w(]).*");

  private static final Map<String, JsonQuery> COMPILED =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonQuery> eldest) {
          return size() > MAX_COMPILED;
        }
      };

  private PropertySelector() {}

  /** A selector that is no jq, or that finds nothing in what it is given. */
  public static final class SelectorException extends Exception {
    private static final long serialVersionUID = 1L;

    SelectorException(String why) {
      super(why);
    }
  }

  /** A JSON text that was parsed once, for any number of selectors. */
  public static final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode json;

    private Answer(JsonNode json) {
      this.json = json;
    }

    public static Answer of(String json) {
      try {
        return new Answer(JSON.readTree(json));
      } catch (JsonProcessingException broken) {
        throw new IllegalStateException("no JSON", broken);
      }
    }
  }

  /** The functions of jq: loaded with the first look, not with the check of a template. */
  private static final class Functions {
    private static final Scope ALL = functions();

    private static Scope functions() {
      Scope scope = Scope.newEmptyScope();
      BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
      // As jq defines it, in a fifth of the time: it is asked for each server and each item.
      scope.addFunction(
          "select",
          1,
          (inner, arguments, in, path, output, version) ->
              arguments
                  .get(0)
                  .apply(
                      inner,
                      in,
                      found -> {
                        if (!found.isNull() && (!found.isBoolean() || found.booleanValue())) {
                          output.emit(in, path);
                        }
                      }));
      for (int arguments = 1; arguments <= 3; arguments++) {
        Function range = scope.getFunction("range", arguments);
        scope.addFunction(
            "range",
            arguments,
            (inner, given, in, path, output, version) -> {
              int[] count = {0};
              range.apply(
                  inner,
                  given,
                  in,
                  path,
                  (value, at) -> {
                    checkCount(++count[0]);
                    output.emit(value, at);
                  },
                  version);
            });
      }
      return scope;
    }
  }

  private static void checkCount(int values) throws JsonQueryException {
    if (values > MAX_VALUES) {
      throw new JsonQueryException("more than " + MAX_VALUES + " values");
    }
  }

  /**
   * Checks a selector; what its placeholders stand for is not known yet.
   *
   * @throws SelectorException when it is no jq, too long, or of a part of jq that is left out
   */
  public static void check(String selector) throws SelectorException {
    if (selector.length() > MAX_LENGTH) {
      throw new SelectorException("it is longer than " + MAX_LENGTH + " characters");
    }
    Matcher missing = MISSING.matcher(TEXTS.matcher(selector).replaceAll(""));
    if (missing.find()) {
      throw new SelectorException("the jq of the sandbox has no " + missing.group(1));
    }
    parse(TemplateReferences.PATTERN.matcher(selector).replaceAll("x"));
  }

  private static JsonQuery parse(String selector) throws SelectorException {
    try {
      String dotted = WITHOUT_DOT.matcher(selector.strip()).matches() ? "." : "";
      return JsonQuery.compile(dotted + selector.strip(), Versions.JQ_1_6);
    } catch (JsonQueryException | StackOverflowError refused) {
      throw new SelectorException("it is no jq: " + selector);
    }
  }

  private static JsonQuery compiled(String selector) throws SelectorException {
    synchronized (COMPILED) {
      JsonQuery known = COMPILED.get(selector);
      if (known == null) {
        known = parse(selector);
        COMPILED.put(selector, known);
      }
      return known;
    }
  }

  /**
   * The values that a selector finds, each as a text: a string without quotes, anything else as
   * JSON. None for a null.
   *
   * @throws SelectorException when jq refuses the selector, or what it is given
   */
  public static List<String> values(String selector, Answer answer) throws SelectorException {
    List<String> values = new ArrayList<>();
    try {
      compiled(selector)
          .apply(
              Scope.newChildScope(Functions.ALL),
              answer.json,
              found -> {
                checkCount(values.size() + 1);
                if (!found.isNull()) {
                  values.add(found.isTextual() ? found.textValue() : found.toString());
                }
              });
      return values;
    } catch (JsonQueryException refused) {
      throw new SelectorException("jq: " + firstLine("" + refused.getMessage()));
    } catch (StackOverflowError endless) {
      throw new SelectorException("jq: the selector does not end");
    } catch (NoClassDefFoundError left) {
      throw new SelectorException("jq: the sandbox has no regular expressions");
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
