package oosh.config;

import java.util.List;

/**
 * A value of a YAML text, every scalar as it is written: {@code no} is a word, {@code 2} is too.
 */
public sealed interface YamlValue {
  /** Where it begins. */
  Place at();

  /**
   * A place in a text.
   *
   * @param line the first has 1
   * @param column the first has 1
   */
  record Place(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /**
   * A scalar.
   *
   * @param text "" for a key without a value
   * @param block whether it is written as a block behind {@code |} or {@code >}
   */
  record Text(String text, boolean block, Place at) implements YamlValue {}

  /** A list. */
  record Items(List<YamlValue> items, Place at) implements YamlValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A map; no key is in it twice. */
  record Fields(List<Field> fields, Place at) implements YamlValue {
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A key and its value.
   *
   * @param at where the key begins
   */
  record Field(String key, Place at, YamlValue value) {}
}
