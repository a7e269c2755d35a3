package oosh.rollout.update;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rolling update that OOS is asked to run: a launch or a rollback. */
public interface Rollout {
  Context context();

  /** The scaling group's id. */
  String group();

  /** How many instances it is to touch, as counted when it was planned. */
  int instances();

  /** What it is told; a rollback's has no script that runs forward, and stops at a failure. */
  UpdateSpec spec();

  /** Why, in the operator's words; "" if none were given. */
  String reason();

  /** The execution that a rollback rolls back; null for a launch. */
  @Nullable String sourceExecutionId();

  /** The template's parameters, in the order and with the names of the vendor's guide. */
  Map<String, Object> parameters();

  /** The template that goes along, as JSON; "" if the method's has a name. */
  default String content() {
    return "";
  }

  /**
   * What a rollback that was started for the failure of its source gives as its reason.
   *
   * @param original why that one was launched, or ""
   */
  static String reasonAfterFailure(String sourceExecutionId, String original) {
    return sourceExecutionId + " failed" + (original.isEmpty() ? "" : ": " + original);
  }
}
