package oosh.sandbox.state;

import com.google.gson.JsonElement;
import oosh.sandbox.api.VendorTimes;
import org.jspecify.annotations.Nullable;

/** One call of a task that calls an API: of the task itself, or of one item of its loop. */
public final class ApiTurn {
  /** The item; null outside loops. */
  public @Nullable JsonElement item;

  /** The task execution of an item; "" before it has begun, and outside loops. */
  public String taskId = "";

  /** How often it has looked, and when it looks again. */
  public int looks;

  public long dueAt = VendorTimes.NEVER;
}
