package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Catalogue;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;

/**
 * Compares what is staged with what the services list. OOS notices a misspelt image or version only
 * in the first batch, when instances are out of service already.
 */
public final class CatalogueCheck {
  private static final String IMAGES = "the images that ECS lists for this group";

  private CatalogueCheck() {}

  /**
   * A warning for each word that is not listed. A warning and no refusal: shared images, and those
   * of the marketplace, are not in these lists.
   *
   * @throws Problem if the services cannot be asked
   */
  public static List<Warning> warnings(
      Cloud cloud, UpdateMethod method, UpdateSpec staging, ScalingGroup group) {
    Map<String, Object> launch = staging.extraParameters();
    Map<String, Object> back = staging.rollbackValues();
    Payload payload = method.payload().orElse(null);
    if (payload == null || !payload.in(launch)) {
      return List.of();
    }
    Catalogue all = cloud.catalogue();
    String configuration = Payload.text(launch, "scalingConfigurationId");
    ParallelReads.PendingRead<List<CatalogueItem>> configurations =
        cloud
            .readers()
            .begin(() -> configuration.isEmpty() ? List.of() : all.configurations(group));
    List<Warning> warnings = new ArrayList<>();
    switch (payload) {
      case IMAGE -> {
        List<CatalogueItem> images = all.images(group);
        add(warnings, images, Payload.text(launch, "imageId"), IMAGES, "stage image ID");
        add(
            warnings,
            images,
            Payload.text(back, "sourceImageId"),
            IMAGES,
            "stage image ID --back-to ID");
      }
      case PACKAGE -> {
        String name = Payload.text(launch, "packageName");
        add(warnings, all.packages(), name, "the packages that OOS lists", "stage package NAME");
        if (warnings.isEmpty()) {
          String versions = "the versions of " + name + " that OOS lists";
          List<CatalogueItem> listed = all.versions(name);
          add(
              warnings,
              listed,
              Payload.text(launch, "packageVersion"),
              versions,
              "stage package NAME VERSION");
          add(
              warnings,
              listed,
              Payload.text(back, "packageVersion"),
              versions,
              "stage package NAME VERSION --back-to VERSION");
        }
      }
      case CONTAINER, FILE, OBJECT -> {}
    }
    add(
        warnings,
        configurations.get(),
        configuration,
        "the scaling configurations of " + group.id(),
        payload.verb());
    return warnings;
  }

  /** An empty list says nothing; a version has a number and a name. */
  private static void add(
      List<Warning> warnings, List<CatalogueItem> offers, String word, String list, String verb) {
    if (!word.isEmpty()
        && !offers.isEmpty()
        && offers.stream().noneMatch(o -> o.value().equals(word) || o.name().equals(word))) {
      warnings.add(
          new Warning(
              Warning.Code.NOT_LISTED, word + " is not among " + list, verb + " (Tab lists them)"));
    }
  }
}
