package oosh.rollout.cloud;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import oosh.rollout.Problem;

/**
 * The port to what judges instances from outside: load balancers, and the alarm rules of
 * CloudMonitor. Every call only reads, and may throw a {@link Problem}, which names the right that
 * is missing.
 */
public interface TrafficHealth {
  /** The kinds of load balancer, as ESS tells them apart. */
  enum Balancer {
    CLB,
    ALB,
    NLB;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where instances of a group get traffic from.
   *
   * @param id the load balancer of CLB; the listener of ALB and NLB
   * @param serverGroup the server group behind the listener; "" of CLB
   */
  record TrafficSource(Balancer balancer, String id, String serverGroup) {
    /** {@code clb lb-bp1}, {@code alb lsn-1 (sgp-1)}. */
    public String name() {
      return balancer.word() + " " + id + (serverGroup.isEmpty() ? "" : " (" + serverGroup + ")");
    }
  }

  /** What a load balancer says of an instance. */
  enum Judgement {
    HEALTHY,
    UNHEALTHY,
    /** Health checks are off, or it has not judged yet. */
    UNKNOWN
  }

  /** The state of an alarm rule (source: CloudMonitor, DescribeMetricRuleList, AlertState). */
  enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA,
    /** The rule is switched off, or in a state that is not known here. */
    OTHER
  }

  /**
   * Everything that the group hangs on, in ESS's order; empty where it hangs on nothing. A server
   * group without a listener that runs is left out, and so is a gateway load balancer.
   *
   * @throws Problem REFUSED if ESS does not know the group, or nothing is left of what it hangs on;
   *     names the server groups without a listener
   */
  List<TrafficSource> sources(String groupId);

  /**
   * What it says of its instances, by their ids; those that are not attached are not in it. Of
   * several listeners, rules and ports the worst counts: UNHEALTHY, then UNKNOWN.
   */
  Map<String, Judgement> judgements(TrafficSource source);

  /**
   * The state of each of these rules that exists, by its id.
   *
   * @throws Problem USAGE if a text can be no id of a rule
   */
  Map<String, AlarmState> alarms(List<String> ruleIds);
}
