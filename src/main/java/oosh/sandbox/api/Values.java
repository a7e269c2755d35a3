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

  private record Named(Class<?> type, String name) {}

  private static final Map<Named, Getter> GETTERS = new ConcurrentHashMap<>();

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
      return GETTERS.computeIfAbsent(new Named(from.getClass(), name), Values::getter).get(from);
    } catch (ReflectiveOperationException refused) {
      throw new IllegalStateException(from.getClass() + " cannot tell " + name, refused);
    }
  }

  private static Getter getter(Named named) {
    try {
      Field field = named.type().getDeclaredField(named.name());
      field.setAccessible(true);
      return field::get;
    } catch (NoSuchFieldException noField) {
      try {
        Method method = named.type().getDeclaredMethod(named.name());
        method.setAccessible(true);
        return method::invoke;
      } catch (NoSuchMethodException neither) {
        throw new IllegalStateException(named + " is neither field nor method", neither);
      }
    }
  }
}
