package oosh.sandbox.api;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that the tables name: a path such as {@code execution.id}, each part a field, a
 * method without parameters, or a key of a map.
 */
final class Values {
  private interface Getter {
    @Nullable Object get(Object from) throws ReflectiveOperationException;
  }

  /** By the names; a list of a thousand items asks a getter for each. */
  private static final ClassValue<Map<String, Getter>> GETTERS =
      new ClassValue<>() {
        @Override
        protected Map<String, Getter> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** The parts of each path: a path of a table is read for every item of a list. */
  private static final Map<String, String[]> PATHS = new ConcurrentHashMap<>();

  private Values() {}

  /**
   * @return null when a part of the path is null
   * @throws IllegalStateException when a part of the path is neither field nor method
   */
  static @Nullable Object of(Object from, String path) {
    Object value = from;
    for (String name : PATHS.computeIfAbsent(path, whole -> whole.split("\\.", -1))) {
      if (value != null) {
        value = part(value, name);
      }
    }
    return value;
  }

  /** A value that is never null. */
  static Object required(Object from, String path) {
    return Objects.requireNonNull(of(from, path), path);
  }

  /** The value as a text; a text after {@code =} stands for itself. */
  static String text(Object from, String path) {
    if (path.startsWith("=")) {
      return path.substring(1);
    }
    Object value = of(from, path);
    return value == null ? "" : value.toString();
  }

  private static @Nullable Object part(Object from, String name) {
    if (from instanceof Map<?, ?> map) {
      return map.get(name);
    }
    try {
      Class<?> type = from.getClass();
      return GETTERS.get(type).computeIfAbsent(name, part -> getter(type, part)).get(from);
    } catch (ReflectiveOperationException refused) {
      throw new IllegalStateException(from.getClass() + " cannot tell " + name, refused);
    }
  }

  private static Getter getter(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field::get;
    } catch (NoSuchFieldException noField) {
      try {
        Method method = type.getDeclaredMethod(name);
        method.setAccessible(true);
        return method::invoke;
      } catch (NoSuchMethodException neither) {
        throw new IllegalStateException(type + " has no field or method " + name, neither);
      }
    }
  }
}
