package oosh.view;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.update.Payload;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;

/*
 * m-bp1new, also for the scaling configuration asc-bp1web
 * install nginx@1.26
 * https://example.com/app.tar.gz?… into /opt/app
 * releases/app-2.tar.gz into /opt/app
 * configuration 3f9a1c, also for the scaling configuration asc-bp1eci
 */
/** What a launch takes to the instances beside a script, and what it is told, without secrets. */
public final class PayloadView {
  /**
   * As a container's environment is named where it is taken, and where it is told (source: ECI).
   */
  private static final Set<String> VARIABLES = Set.of("EnvironmentVar", "EnvironmentVars");

  private static final Pattern LOGIN =
      Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)[^\\s/@\"']+@");

  private PayloadView() {}

  /** What is taken along, in half a line. */
  public static String what(Payload payload, Map<String, Object> values) {
    String configuration = text(values, "scalingConfigurationId");
    String also =
        configuration.isEmpty() ? "" : ", also for the scaling configuration " + configuration;
    return TextSanitizer.line(
        switch (payload) {
          case IMAGE -> text(values, "imageId") + also;
          case PACKAGE ->
              DescriptionList.or(text(values, "action"), "install")
                  + " "
                  + text(values, "packageName")
                  + (!text(values, "packageVersion").isEmpty()
                      ? " " + text(values, "packageVersion")
                      : text(values, "action").equals("uninstall") ? "" : ", the newest version");
          case FILE -> address(text(values, "invokeSourcePath")) + into(values, "invoke");
          case OBJECT -> payload.describe(values) + into(values, "invoke");
          case CONTAINER ->
              payload.describe(values).replaceFirst("^container", "configuration") + also;
        });
  }

  /** What a rollback uses instead, in the same form; "" if it was not given. */
  public static String back(Payload payload, Map<String, Object> values) {
    String back = payload.describeBack(values);
    return back.isEmpty()
        ? ""
        : TextSanitizer.line(
            switch (payload) {
              case FILE -> address(text(values, "rollbackSourcePath")) + into(values, "rollback");
              case OBJECT -> back + into(values, "rollback");
              case CONTAINER -> back.replaceFirst("^container", "configuration");
              case PACKAGE -> back.replace('@', ' ');
              case IMAGE -> back;
            });
  }

  /** What is taken along, and what a rollback takes instead. */
  public static String both(
      Payload payload, Map<String, Object> values, Map<String, Object> rollbackValues) {
    String back = back(payload, rollbackValues);
    return what(payload, values) + (back.isEmpty() ? "" : "; a rollback takes " + back);
  }

  private static String into(Map<String, Object> values, String prefix) {
    return " into " + text(values, prefix + "DestinationDir");
  }

  private static String text(Map<String, Object> values, String name) {
    return values.get(name) instanceof String s ? s : "";
  }

  /** A text whose addresses, if they are signed or carry a login, are shown without that. */
  public static String address(String text) {
    if (text.indexOf("://") < 0) {
      return text;
    }
    return LOGIN.matcher(TextSanitizer.unsigned(text)).replaceAll("$1(login)@");
  }

  /** A parameter's value on a line: lists with commas, what is deeper as JSON. */
  static String value(Object value) {
    if (value instanceof List<?> list
        && list.stream().noneMatch(i -> i instanceof Map || i instanceof List)) {
      return address(list.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return value instanceof Map || value instanceof List
        ? JsonOutput.line(JsonOutput.tree(hidden(value)))
        : address(String.valueOf(value));
  }

  /** Parameters as JSON, addresses without what signs them. */
  public static JsonElement json(Map<String, Object> parameters) {
    return JsonOutput.tree(hidden(parameters));
  }

  /** A container's variables, which may be keys: their names alone. */
  private static Object withoutValues(Object variables) {
    return variables instanceof List<?> list
        ? list.stream()
            .map(variable -> fields(variable, (k, v) -> k.equals("Key") ? v : "…"))
            .toList()
        : "…";
  }

  /** The fields of an object, as they are shown; none of what is no object. */
  private static Map<String, Object> fields(
      Object object, BiFunction<String, Object, Object> shown) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((k, v) -> fields.put(String.valueOf(k), shown.apply(String.valueOf(k), v)));
    }
    return fields;
  }

  private static Object hidden(Object value) {
    if (value instanceof Map<?, ?>) {
      return fields(value, (k, v) -> VARIABLES.contains(k) ? withoutValues(v) : hidden(v));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PayloadView::hidden).toList();
    }
    return value instanceof String s ? address(s) : value;
  }

  /** {@code name = value}, on one line. */
  static String setting(String name, Object value) {
    return TextSanitizer.line(name + " = " + value(value));
  }
}
