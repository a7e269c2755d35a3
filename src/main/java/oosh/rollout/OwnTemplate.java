package oosh.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * oosh's own OOS template, sent along as TemplateContent. It updates each instance by the same
 * public action as the public template, so children, outputs and leftovers are the same, and OOS's
 * public rollback takes its executions for sources: it has their parameters by the same names.
 *
 * <p>It differs in this: it is told the instances; the loop takes the new form of RateControl, with
 * a size for each batch and a number of errors; time limit and working directory are handed on; OOS
 * sleeps between batches if told to; and behind a failure it resumes the scaling processes before
 * it ends in failure (source of the language: OOS help, "Tasks", "Loop", "ACS::Sleep",
 * "ACS::CheckFor"). That OOS takes it as it stands is assumed: nobody has run it on the service.
 */
final class OwnTemplate {
  private static final String LOOP = "updateInstances";

  /** A loop of its own for each batch, where OOS is to sleep between them. */
  private static final String BATCH = "updateBatch";

  private static final String PAUSE = "pauseBeforeBatch";
  private static final String BEHIND_A_FAILURE = "resumeProcessesBehindFailure";
  private static final String END = "ACS::END";

  private OwnTemplate() {}

  /** The parameters that it is started with. */
  static Map<String, Object> parameters(Launch launch) {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", launch.group());
    p.put("commandType", launch.commandType().word());
    Script script = launch.script();
    if (script == null) {
      throw new IllegalStateException("a launch of no script by " + launch.context().method());
    }
    p.put("invokeScript", script.text());
    Script back = launch.rollbackScript();
    p.put("rollbackScript", back == null ? "" : back.text());
    p.put("OOSAssumeRole", launch.role());
    p.put("exitProcess", Suspend.words(launch.suspend()));
    p.put("enterProcess", Suspend.words(launch.suspend()));
    p.put("batchNumber", (long) launch.sizes().size());
    p.put("batchPauseOption", launch.pause().word());
    p.put("targets", targets(launch.targets()));
    if (!unrolled(launch)) {
      p.put("rateControl", rateControl(launch));
    }
    p.put("timeout", launch.other().getOrDefault("timeout", (long) Plan.SCRIPT_SECONDS));
    p.put("workingDir", launch.other().getOrDefault("workingDir", ""));
    return p;
  }

  private static boolean unrolled(Launch launch) {
    return !launch.tuning().between().isZero() && launch.sizes().size() > 1;
  }

  private static Map<String, Object> rateControl(Launch launch) {
    List<Object> sizes = new ArrayList<>();
    launch.sizes().forEach(n -> sizes.add((long) n));
    Map<String, Object> rate = new LinkedHashMap<>();
    rate.put("Mode", "Batch");
    rate.put("Batch", sizes);
    // Left out, it is 20: a larger batch would not go at once.
    rate.put("ConcurrencyInBatches", sizes);
    rate.put("MaxErrors", maxErrors(launch));
    rate.put("BatchPauseOption", launch.pause().word());
    return rate;
  }

  private static String maxErrors(Launch launch) {
    return launch.tuning().maxErrors().isEmpty() ? "0" : launch.tuning().maxErrors();
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
            "rollbackScript",
            "OOSAssumeRole",
            "batchPauseOption",
            "workingDir")) {
      declared.put(name, object("Type", "String"));
    }
    for (String name : List.of("enterProcess", "exitProcess", "targets")) {
      declared.put(name, object("Type", "List"));
    }
    for (String name : List.of("batchNumber", "timeout")) {
      declared.put(name, object("Type", "Number"));
    }
    if (!unrolled(launch)) {
      declared.put("rateControl", object("Type", "Json"));
    }
    return object(
        "FormatVersion",
        "OOS-2019-06-01",
        "Description",
        "oosh: run a script on chosen instances of a scaling group, batch by batch",
        "RamRole",
        "{{ OOSAssumeRole }}",
        "Parameters",
        declared,
        "Tasks",
        tasks(launch));
  }

  private static List<Object> tasks(Launch launch) {
    boolean resumes = !launch.suspend().isEmpty();
    boolean tags = launch.tuning().maxErrors().isEmpty();
    String onError = resumes ? BEHIND_A_FAILURE : END;
    List<Map<String, Object>> tasks = new ArrayList<>();
    if (resumes) {
      tasks.add(processes("suspendProcesses", "SuspendProcesses", "enterProcess"));
    }
    if (unrolled(launch)) {
      int at = 0;
      for (int batch = 1; batch <= launch.sizes().size(); batch++) {
        int size = launch.sizes().get(batch - 1);
        if (batch > 1) {
          tasks.add(
              task(
                  PAUSE + batch,
                  "ACS::Sleep",
                  object("Duration", launch.tuning().between().toString())));
        }
        Map<String, Object> rate =
            object(
                "Mode", "Concurrency", "Concurrency", (long) size, "MaxErrors", maxErrors(launch));
        tasks.add(
            loop(BATCH + batch, onError, targets(launch.targets().subList(at, at + size)), rate));
        at += size;
      }
    } else {
      tasks.add(loop(LOOP, onError, "{{ targets }}", "{{ rateControl }}"));
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

  private static Map<String, Object> loop(
      String name, String onError, Object items, Object rateControl) {
    Map<String, Object> task =
        task(
            name,
            "ACS::ESS::RunCommand",
            object(
                "commandContent",
                "{{ invokeScript }}",
                "commandType",
                "{{ commandType }}",
                "scalingGroupId",
                "{{ scalingGroupId }}",
                "instanceId",
                select("InstanceId"),
                "lifecycleState",
                select("LifecycleState"),
                "timeout",
                "{{ timeout }}",
                "workingDir",
                "{{ workingDir }}"));
    task.put("OnError", onError);
    task.put("Loop", object("Items", items, "RateControl", rateControl));
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
            "{{ targets }}",
            "RateControl",
            object("Mode", "Concurrency", "Concurrency", 10L)));
    return task;
  }

  private static Map<String, Object> processes(String name, String api, String parameter) {
    return call(
        name,
        "ESS",
        api,
        object("ScalingGroupId", "{{ scalingGroupId }}", "Process", "{{ " + parameter + " }}"));
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
            object("ExecutionId", "{{ ACS::ExecutionId }}"),
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
    return object("Fn::Select", List.of(field, "{{ ACS::TaskLoopItem }}"));
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
