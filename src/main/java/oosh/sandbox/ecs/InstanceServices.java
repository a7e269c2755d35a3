package oosh.sandbox.ecs;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;

/**
 * The services of the instances, as scripts leave them and orders change them. What is ordered for
 * a time is done when it is asked for, before the next answer or script.
 */
public final class InstanceServices {
  private final SandboxState state;
  private final Jail jail;
  private final InstantSource clock;

  public InstanceServices(SandboxState state, Jail jail, InstantSource clock) {
    this.state = state;
    this.jail = jail;
    this.clock = clock;
  }

  /** Up, down, or a status of HTTP. */
  public String word(EmulatedInstance instance) {
    settle(instance);
    return jail.service(instance.id);
  }

  /** Whether the instance is on, and its service answers 200. */
  public boolean healthy(EmulatedInstance instance) {
    String word = word(instance);
    return instance.status.equals(EmulatedInstance.RUNNING)
        && (word.equals(Jail.UP) || word.equals("200"));
  }

  /** Those that are not up, by their ids. */
  public Map<String, String> notUp() {
    Map<String, String> found = new LinkedHashMap<>();
    for (EmulatedInstance instance : state.members.values()) {
      String word = word(instance);
      if (!word.equals(Jail.UP)) {
        found.put(instance.id, word);
      }
    }
    return found;
  }

  /**
   * @throws ApiException InvalidParameter for what is neither up, down nor a status
   */
  public void set(EmulatedInstance instance, String word) {
    if (!word.matches("up|down|[1-9][0-9]{2}")) {
      throw ApiException.invalid("A service is up, down, or a status such as 503.");
    }
    instance.serviceDownAt = VendorTimes.NEVER;
    jail.setService(instance.id, word);
  }

  /** Does what is due: a service that was ordered to go down does. */
  public void settle(EmulatedInstance instance) {
    if (instance.serviceDownAt <= clock.millis()) {
      set(instance, Jail.DOWN);
    }
  }
}
