package oosh.rollout.cloud;

import java.util.List;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The port to what can be chosen from in one region: what ECS, ESS, OOS, RAM and CloudMonitor list.
 * It is read for Tab, behind the prompt. Every call may throw a {@link Problem}. Lists are bounded:
 * of a thousand things Tab helps with none.
 */
public interface Catalogue {
  /**
   * Images that can be used now, the account's own first: those of the architecture of the group's
   * instances, as far as ESS and ECS tell it; none for a group of containers.
   *
   * @param group null for those of every architecture
   */
  List<CatalogueItem> images(@Nullable ScalingGroup group);

  /** The group's scaling configurations, of whichever type it is. */
  List<CatalogueItem> configurations(ScalingGroup group);

  /** The packages that OOS installs, the account's own first. */
  List<CatalogueItem> packages();

  /** The versions of a package, in OOS's order. */
  List<CatalogueItem> versions(String name);

  /** The RAM roles that OOS may take on, of the first 100 that RAM lists. */
  List<CatalogueItem> roles();

  /** The account's own templates that are no packages. */
  List<CatalogueItem> templates();

  /** The alarm rules of CloudMonitor, each with the state that it is in. */
  List<CatalogueItem> alarmRules();
}
