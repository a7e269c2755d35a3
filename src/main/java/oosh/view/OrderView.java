package oosh.view;

import java.util.ArrayList;
import java.util.List;
import oosh.rollout.plan.Order;
import oosh.rollout.plan.Plan;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;

/*
 *   left out    2 have the script already: i-bp1a, i-bp1b
 *   order       1: i-bp1c (canary); 2: i-bp1f (unhealthy), i-bp1d; 3: i-bp1e
 */
/** The rows of a plan that say which instances are taken in which batch. */
final class OrderView {
  /** Ids in all batches together, and batches, before what follows is a count. */
  private static final int NAMED = 24;

  private static final int BATCHES = 12;

  private OrderView() {}

  static void rows(DescriptionList out, Plan plan) {
    Order order = plan.order();
    if (order == null) {
      return;
    }
    if (!order.leftOut().isEmpty()) {
      int n = order.leftOut().size();
      out.row(
          "left out",
          n
              + (n == 1 ? " has" : " have")
              + " the script already: "
              + DescriptionList.list(order.leftOut(), NAMED));
    }
    int each = Math.max(1, NAMED / Math.max(1, order.batches().size()));
    List<String> batches = new ArrayList<>();
    for (List<String> batch : order.batches().subList(0, Math.min(BATCHES, size(order)))) {
      int number = batches.size() + 1;
      batches.add(number + ": " + names(order, batch, number, each));
    }
    int more = size(order) - batches.size();
    out.row(
        "order",
        String.join("; ", batches)
            + (more > 0 ? "; and " + more + (more == 1 ? " more batch" : " more batches") : ""));
  }

  private static int size(Order order) {
    return order.batches().size();
  }

  private static String names(Order order, List<String> batch, int number, int most) {
    List<String> marked = new ArrayList<>();
    for (String id : batch) {
      String mark =
          number == 1 && order.canaries() > 0
              ? " (canary)"
              : order.unhealthy().contains(id) ? " (unhealthy)" : "";
      marked.add(TextSanitizer.line(id) + mark);
    }
    return DescriptionList.list(marked, most);
  }
}
