package oosh.rollout.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;

/**
 * A gate, and the order in the sandbox at which it should fail.
 *
 * @param bake the bake that is staged
 */
public record GateTrial(Gate gate, Order order, Duration bake) {
  /** What is ordered, at the instance where the failure act orders its failure. */
  public enum Order {
    /** Nothing listens while the script and its probes run. */
    DOWN("while nothing listens there"),
    /** The service answers 503 meanwhile. */
    ERROR("while the service there answers 503"),
    /** The service goes down once the script has ended. */
    DOWN_AFTER("whose service goes down behind the script"),
    /** The service goes down in the middle of the bake. */
    DOWN_IN_BAKE("whose service goes down in the bake"),
    /** A rule goes into ALARM when the launch starts; no instance is meant. */
    IN_ALARM("while a rule is in ALARM");

    private final String words;

    Order(String words) {
      this.words = words;
    }

    /** Behind the instance. */
    public String words() {
      return words;
    }
  }

  /** What a service answers that works no more. */
  public static final String ERROR_STATUS = "503";

  /**
   * What is tried of these. A script can take an answer of 503 for a good one; what asks HTTP
   * cannot, and what only connects must.
   */
  public static List<GateTrial> of(Gates gates) {
    List<GateTrial> trials = new ArrayList<>();
    for (Gate gate : gates.gates()) {
      List<Order> orders =
          switch (gate.kind()) {
            case HTTP, TCP -> List.of(Order.DOWN);
            case SCRIPT -> List.of(Order.DOWN, Order.ERROR);
            case LB ->
                gates.bake().isZero()
                    ? List.of(Order.DOWN_AFTER)
                    : List.of(Order.DOWN_AFTER, Order.DOWN_IN_BAKE);
            case ALARM -> List.of(Order.IN_ALARM);
          };
      orders.forEach(order -> trials.add(new GateTrial(gate, order, gates.bake())));
    }
    return trials;
  }

  /** What is staged for it: no gate beside this one, so that no other stops the launch. */
  public Gates alone(Gates staged) {
    Gates alone = Gates.NONE.with(gate).withRollback(staged.rollsBack());
    Gates baking = order == Order.DOWN_IN_BAKE ? alone.withBake(bake) : alone;
    return staged.stepped() ? baking.inSteps() : baking;
  }
}
