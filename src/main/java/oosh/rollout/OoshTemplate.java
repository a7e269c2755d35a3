package oosh.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * oosh's own OOS template, sent along as TemplateContent. It updates each instance by the same
 * public action as the public template, so children, outputs and leftovers are the same, and OOS's
 * public rollback takes its executions for sources: it has their parameters by the same names.
 *
 * <p>It differs in this: it is told the instances; the loop takes the new form of RateControl, with
 * a size for each batch and a number of errors; time limit and working directory are handed on; OOS
 * sleeps between batches if told to; and behind a failure it resumes the scaling processes before
 * it ends in failure (source of the language: OOS help, "Tasks", "Loop", "ACS::Sleep",
 * "ACS::CheckFor"). Each part is documented, and all but ConcurrencyInBatches stand in public
 * templates (2024-09); that OOS takes the whole is assumed. The plan asks OOS first.
 */
final class OoshTemplate {
  private static final String LOOP = "updateInstances";

  /** A loop of its own for each batch, where OOS is to sleep between them. */
  private static final String BATCH = "updateBatch";

  /** The instances; with a batch's number, those of that batch. */
  private static final String TARGETS = "targets";

  private static final String PAUSE = "pauseBeforeBatch";
  private static final String BEHIND_A_FAILURE = "resumeProcessesBehindFailure";
  private static final String END = "ACS::END";

  /**
   * The longest template, in bytes (source: ROS help, "ALIYUN::OOS::Template", 64 KB of Content;
   * that it holds for TemplateContent is inferred).
   */
  private static final int LONGEST = 64 * 1024;

  private static final String FEWER = "stage batch N with a smaller N";

  private OoshTemplate() {}

  /** The parameters that it is started with. */
  static Map<String, Object> parameters(Launch launch) {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", launch.group());
    p.put("commandType", launch.spec().commandType().word());
    Script script = launch.spec().script();
    if (script == null) {
      throw new IllegalStateException("a launch of no script by " + launch.context().method());
    }
    p.put("invokeScript", script.text());
    Script back = launch.spec().rollbackScript();
    p.put("rollbackScript", back == null ? "" : back.text());
    p.put("OOSAssumeRole", launch.spec().role());
    p.put("exitProcess", ProcessSuspension.words(launch.suspend()));
    p.put("enterProcess", ProcessSuspension.words(launch.suspend()));
    p.put("batchNumber", (long) launch.sizes().size());
    p.put("batchPauseOption", launch.spec().pauseOrDefault().word());
    p.put(TARGETS, targets(launch.targets()));
    if (needsLoopPerBatch(launch)) {
      int at = 0;
      for (int batch = 1; batch <= launch.sizes().size(); batch++) {
        int end = at + launch.sizes().get(batch - 1);
        p.put(TARGETS + batch, targets(launch.targets().subList(at, end)));
        at = end;
      }
    }
    p.put("rateControl", rateControl(launch));
    p.put(
        "timeout",
        launch.spec().extraParameters().getOrDefault("timeout", (long) Script.TIMEOUT_SECONDS));
    p.put("workingDir", launch.spec().extraParameters().getOrDefault("workingDir", ""));
    return p;
  }

  private static boolean needsLoopPerBatch(Launch launch) {
    return !launch.spec().strategy().between().isZero() && launch.sizes().size() > 1;
  }

  /** Of the loop; where each batch has a loop of its own, of each of them: all at once. */
  private static Map<String, Object> rateControl(Launch launch) {
    List<Object> sizes = new ArrayList<>();
    launch.sizes().forEach(n -> sizes.add((long) n));
    Map<String, Object> rate = new LinkedHashMap<>();
    if (needsLoopPerBatch(launch)) {
      rate.put("Mode", "Concurrency");
      rate.put("Concurrency", (long) Collections.max(launch.sizes()));
      rate.put("MaxErrors", maxErrors(launch));
      return rate;
    }
    rate.put("Mode", "Batch");
    rate.put("Batch", sizes);
    // Left out, it is 20: a larger batch would not go at once.
    rate.put("ConcurrencyInBatches", sizes);
    rate.put("MaxErrors", maxErrors(launch));
    rate.put("BatchPauseOption", launch.spec().pauseOrDefault().word());
    return rate;
  }

  /** A number, or a text with a percent sign (source: the public templates, 2024-09). */
  private static Object maxErrors(Launch launch) {
    String errors = launch.spec().strategy().maxErrors();
    return errors.endsWith("%") ? errors : errors.isEmpty() ? 0L : Long.parseLong(errors);
  }

  private static List<Object> targets(List<Target> targets) {
    List<Object> list = new ArrayList<>();
    for (Target t : targets) {
      list.add(object("InstanceId", t.instanceId(), "LifecycleState", t.lifecycleState()));
    }
    return list;
  }

  /**
   * The template's text, as JSON values.
   *
   * @param alsoDeclared texts that are sent beside its own parameters
   */
  static Map<String, Object> content(Launch launch, String... alsoDeclared) {
    Map<String, Object> declared = new LinkedHashMap<>();
    for (String name : alsoDeclared) {
      declared.put(name, object("Type", "String"));
    }
    for (String name :
        List.of(
            "invokeType",
            "scalingGroupId",
            "commandType",
            "invokeScript",
            "OOSAssumeRole",
            "batchPauseOption")) {
      declared.put(name, object("Type", "String"));
    }
    // As the public templates declare a text that may be empty.
    for (String name : List.of("rollbackScript", "workingDir")) {
      declared.put(name, object("Type", "String", "Default", ""));
    }
    for (String name : List.of("enterProcess", "exitProcess", TARGETS)) {
      declared.put(name, object("Type", "List"));
    }
    for (String name : List.of("batchNumber", "timeout")) {
      declared.put(name, object("Type", "Number"));
    }
    declared.put("rateControl", object("Type", "Json"));
    for (int batch = 1; needsLoopPerBatch(launch) && batch <= launch.sizes().size(); batch++) {
      declared.put(TARGETS + batch, object("Type", "List"));
    }
    return object(
        "FormatVersion",
        "OOS-2019-06-01",
        "Description",
        "oosh: run a script on chosen instances of a scaling group, batch by batch",
        "RamRole",
        reference("OOSAssumeRole"),
        "Parameters",
        declared,
        "Tasks",
        tasks(launch));
  }

  private static List<Object> tasks(Launch launch) {
    boolean resumes = !launch.suspend().isEmpty();
    boolean tags = launch.spec().strategy().maxErrors().isEmpty();
    String onError = resumes ? BEHIND_A_FAILURE : END;
    List<Map<String, Object>> tasks = new ArrayList<>();
    if (resumes) {
      tasks.add(processes("suspendProcesses", "SuspendProcesses", "enterProcess"));
    }
    if (needsLoopPerBatch(launch)) {
      for (int batch = 1; batch <= launch.sizes().size(); batch++) {
        if (batch > 1) {
          tasks.add(
              task(
                  PAUSE + batch,
                  "ACS::Sleep",
                  object("Duration", launch.spec().strategy().between().toString())));
        }
        tasks.add(loop(BATCH + batch, onError, TARGETS + batch));
      }
    } else {
      tasks.add(loop(LOOP, onError, TARGETS));
    }
    if (tags) {
      // Where some may fail, the tag would stand on those that did, too.
      tasks.add(tag(onError));
    }
    if (resumes) {
      tasks.add(processes("resumeProcesses", "ResumeProcesses", "exitProcess"));
    }
    tasks.get(tasks.size() - 1).put("OnSuccess", END);
    if (resumes) {
      tasks.add(processes(BEHIND_A_FAILURE, "ResumeProcesses", "exitProcess"));
      tasks.add(endAsFailed());
    }
    return List.copyOf(tasks);
  }

  private static Map<String, Object> loop(String name, String onError, String items) {
    Map<String, Object> task =
        task(
            name,
            "ACS::ESS::RunCommand",
            object(
                "commandContent",
                reference("invokeScript"),
                "commandType",
                reference("commandType"),
                "scalingGroupId",
                reference("scalingGroupId"),
                "instanceId",
                select("InstanceId"),
                "lifecycleState",
                select("LifecycleState"),
                "timeout",
                reference("timeout"),
                "workingDir",
                reference("workingDir")));
    task.put("OnError", onError);
    task.put("Loop", object("Items", reference(items), "RateControl", reference("rateControl")));
    return task;
  }

  /** The same tag as the public template's. */
  private static Map<String, Object> tag(String onError) {
    Map<String, Object> task =
        call(
            "tagInstances",
            "ECS",
            "TagResources",
            object(
                "ResourceType",
                "Instance",
                "ResourceIds",
                List.of(select("InstanceId")),
                "Tags",
                List.of(
                    object("Key", "ess:rollingupdate", "Value", "oos:{{ ACS::ExecutionId }}"))));
    task.put("OnError", onError);
    task.put(
        "Loop",
        object(
            "Items",
            reference(TARGETS),
            "RateControl",
            object("Mode", "Concurrency", "Concurrency", 10L)));
    return task;
  }

  private static Map<String, Object> processes(String name, String api, String parameter) {
    return call(
        name,
        "ESS",
        api,
        object("ScalingGroupId", reference("scalingGroupId"), "Process", reference(parameter)));
  }

  /** While it runs, its own status is not Failed: this task fails, and with it the execution. */
  private static Map<String, Object> endAsFailed() {
    return task(
        "endAsFailed",
        "ACS::CheckFor",
        object(
            "Service",
            "OOS",
            "API",
            "ListExecutions",
            "Parameters",
            object("ExecutionId", reference("ACS::ExecutionId")),
            "PropertySelector",
            "Executions[].Status",
            "DesiredValues",
            List.of("Failed")));
  }

  private static Map<String, Object> call(
      String name, String service, String api, Map<String, Object> parameters) {
    return task(
        name, "ACS::ExecuteAPI", object("Service", service, "API", api, "Parameters", parameters));
  }

  private static Map<String, Object> task(
      String name, String action, Map<String, Object> properties) {
    return object("Name", name, "Action", action, "Properties", properties);
  }

  private static Map<String, Object> select(String field) {
    return object("Fn::Select", List.of(field, reference("ACS::TaskLoopItem")));
  }

  /** Without spaces, as some public templates write it: it stands once a batch, or more often. */
  private static String reference(String name) {
    return "{{" + name + "}}";
  }

  /**
   * What is to be said of its size: it grows with the batches where OOS is to sleep between them.
   *
   * @throws Problem if OOS takes none of that size
   */
  static Optional<Warning> ofSize(Launch launch) {
    return ofSize(length(content(launch)), launch.sizes().size());
  }

  static Optional<Warning> ofSize(int bytes, int batches) {
    String size =
        String.format(
            Locale.ROOT,
            "the template of %d batches with a timed pause has %,d of %,d bytes",
            batches,
            bytes,
            LONGEST);
    if (bytes > LONGEST) {
      throw Problem.refused("cannot launch that", size, FEWER);
    }
    return bytes < LONGEST / 4 * 3
        ? Optional.empty()
        : Optional.of(new Warning(Warning.Code.TEMPLATE_LONG, size, FEWER));
  }

  /** As JSON without spaces: all of it is ASCII, and nothing in a text is escaped. */
  private static int length(Object value) {
    if (value instanceof Map<?, ?> map) {
      return 1
          + Math.max(1, map.size())
          + map.entrySet().stream()
              .mapToInt(e -> length(e.getKey()) + 1 + length(e.getValue()))
              .sum();
    }
    if (value instanceof List<?> list) {
      return 1 + Math.max(1, list.size()) + list.stream().mapToInt(OoshTemplate::length).sum();
    }
    return String.valueOf(value).length() + (value instanceof String ? 2 : 0);
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** The batch that a loop's task name stands for; 0 if one loop holds all batches. */
  static int batch(String task) {
    return number(task, BATCH);
  }

  /** The batch that a task sleeps before; 0 for one that does not. */
  static int sleepsBefore(String task) {
    return number(task, PAUSE);
  }

  private static int number(String task, String before) {
    String digits = task.startsWith(before) ? task.substring(before.length()) : "";
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
  }
}
