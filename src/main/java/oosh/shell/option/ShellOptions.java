package oosh.shell.option;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import oosh.config.ShellOption;
import oosh.shell.Session;

/** The options of this shell: the config file's, until {@code set} says otherwise. */
public final class ShellOptions {
  private final Map<ShellOption, String> values;

  private ShellOptions(Map<ShellOption, String> configured) {
    values = new ConcurrentHashMap<>(configured);
  }

  public static ShellOptions of(Session session) {
    return session.part(ShellOptions.class, s -> new ShellOptions(s.backends().config().set()));
  }

  public String value(ShellOption option) {
    return values.getOrDefault(option, option.usual());
  }

  public boolean isOn(ShellOption option) {
    return value(option).equals("on");
  }

  /**
   * @param value one of the option's choices
   */
  public void set(ShellOption option, String value) {
    values.put(option, value);
  }
}
