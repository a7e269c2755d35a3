package oosh.rollout.record;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.Template;

/**
 * The part of the journal that Tab reads: lists of the services as they were read last, so that Tab
 * need not ask the network. Every method may throw a {@link Problem}.
 */
public interface Choices {
  /** Keeps the groups of a region. */
  void cacheGroups(String profile, String region, List<ScalingGroup> groups);

  /** The groups that were kept last, in the service's order. */
  List<ScalingGroup> groups(String profile, String region);

  /**
   * Keeps a template.
   *
   * @param asked the version that was asked for; "" for the newest
   */
  void cacheTemplate(String profile, String region, String asked, Template template);

  /** The template that was kept last under that name and version. */
  Optional<Template> template(String profile, String region, String name, String asked);

  /** The names and versions of kept templates, as {@code NAME} or {@code NAME@VERSION}. */
  List<String> templates(String profile, String region);

  /** Keeps what a service listed, in place of the list of that kind and scope. */
  void cacheCatalogue(String profile, String region, CatalogueList list);

  /** The list of that kind and scope that was kept last. */
  Optional<CatalogueList> catalogue(
      String profile, String region, CatalogueList.Kind kind, String scope);
}
