package oosh.view;

import java.util.Map;
import oosh.rollout.cloud.Template;
import oosh.rollout.plan.BaselineReader;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;

/*
 *   image       m-bp1new, also for the scaling configuration asc-bp1web
 *   loses       all that is on the system disk: each instance is stopped, gets a new one, and is
 *               started
 *   configured  asc-bp1web gets the image before any instance does; a rollback leaves it there
 *   rollback    m-bp1old (what all 6 run now)
 */
/** What each method does to the instances, in sentences of a plan (source: the templates, 2024). */
final class MethodView {
  private MethodView() {}

  static void sentences(DescriptionList out, Launch launch) {
    Payload payload = launch.context().method().payload().orElse(null);
    if (payload == null) {
      return;
    }
    out.row(payload.word(), PayloadView.what(payload, launch.spec().extraParameters()));
    boolean configuration = !configuration(launch.spec().extraParameters()).isEmpty();
    switch (payload) {
      case IMAGE -> {
        loses(out);
        out.row(
            "configured",
            configuration
                ? "the scaling configuration gets the image before any instance does"
                : "no scaling configuration is changed");
      }
      case PACKAGE -> out.row("through", "OOS's package manager, by Cloud Assistant");
      case FILE -> serving(out, "ACS-ESS-LifeCycleDownloadFileAndRunCommand", "before");
      case OBJECT -> serving(out, "ACS-ESS-LifeCycleDownloadOSSFileAndRunCommand", "after");
      case CONTAINER -> {
        out.row("configured", "the scaling configuration gets it after the instances");
        out.row("protection", "only InService instances take part; protection is ignored");
      }
    }
  }

  static void sentences(DescriptionList out, Rollback rollback) {
    UpdateMethod method = rollback.context().method();
    if (method.isUserTemplate()) {
      out.row(
          "method",
          TextSanitizer.line(method.word() + ": its own rollback, with the same parameters"));
      return;
    }
    method
        .payload()
        .ifPresent(
            payload -> {
              out.row("restores", PayloadView.back(payload, rollback.spec().extraParameters()));
              if (payload == Payload.IMAGE) {
                loses(out);
                String configuration = configuration(rollback.spec().extraParameters());
                out.row(
                    "configured",
                    configuration.isEmpty()
                        ? "no scaling configuration was changed"
                        : "the scaling configuration "
                            + TextSanitizer.line(configuration)
                            + " keeps the image that it has now");
              } else if (payload == Payload.FILE || payload == Payload.OBJECT) {
                out.row("in service", "instances keep serving while it runs");
                out.row(
                    "hook",
                    "the lifecycle hook is rolled back as well, for instances that join later");
              } else if (payload == Payload.CONTAINER) {
                out.row("configured", "the scaling configuration is rolled back as well");
              }
            });
  }

  private static String configuration(Map<String, Object> values) {
    return values.get("scalingConfigurationId") instanceof String id ? id : "";
  }

  private static void loses(DescriptionList out) {
    out.row(
        "loses",
        "all that is on the system disk: each instance is stopped, gets a new one, and is started");
  }

  private static void serving(DescriptionList out, String hook, String when) {
    out.row("in service", "instances keep serving while it runs: the template uses no Standby");
    out.row(
        "hook",
        "writes the lifecycle hook " + hook + " " + when + " the instances; it stays in the group");
  }

  /**
   * What a rollback would use, as it was staged or found; "" if it is not known, or is a script.
   */
  static String back(Launch launch) {
    return launch
        .context()
        .method()
        .payload()
        .map(
            p -> {
              String staged = PayloadView.back(p, launch.spec().rollbackValues());
              return staged.isEmpty() ? found(p, launch.baseline()) : staged;
            })
        .orElse("");
  }

  private static String found(Payload payload, Map<String, Object> before) {
    String back = PayloadView.back(payload, before);
    return back.isEmpty()
        ? ""
        : back
            + (before.get(BaselineReader.SOURCE) instanceof String where
                ? " (" + TextSanitizer.line(where) + ")"
                : ", which is there now");
  }

  /** Of one that could run a script, and is given none. */
  static String noScript(UpdateMethod method) {
    return method.payload().isPresent()
        ? "none: \"exit 0\" is sent, because the template always runs a script"
        : "none";
  }

  static String foreignBack(Launch launch) {
    return launch
        .context()
        .method()
        .declared()
        .map(MethodView::ofTemplate)
        .orElse("the template's own, if it has one");
  }

  private static String ofTemplate(Template template) {
    return template.parameter("sourceExecutionId").isPresent()
        ? "the template's own, with the same parameters"
        : "none";
  }
}
