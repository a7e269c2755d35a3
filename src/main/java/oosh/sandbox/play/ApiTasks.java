package oosh.sandbox.play;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.ApiTurn;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.PropertySelector;
import oosh.sandbox.template.RateControl;
import oosh.sandbox.template.RetryDelays;

/**
 * The tasks of a caller's template that call an API: ACS::ExecuteAPI once; ACS::CheckFor, which
 * fails where the answer is not the desired one; ACS::WaitFor, which looks until it is. Alone, or
 * in a loop: then each item is a task execution without a child execution (assumed). The API is the
 * sandbox's own; a refusal is an answer, too, for a selector.
 */
final class ApiTasks {
  /** An id of no request: such a call is on no wire. */
  private static final String REQUEST = "00000000-0000-0000-0000-000000000000";

  private final ExecutionLifecycle lifecycle;

  ApiTasks(ExecutionLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** All that happens to a task at one moment: what it asks twice, it asks once. */
  private final class Moment {
    private final EmulatedExecution root;
    private final TemplateTask task;
    private final ApiActions.Entry api;
    private final long now;
    private final Map<String, PropertySelector.Answer> answers = new HashMap<>();

    /** What the Outputs of the task have selected. */
    private final JsonObject outputs = new JsonObject();

    Moment(EmulatedExecution root, TemplateTask task, long now) {
      this.root = root;
      this.task = task;
      this.now = now;
      JsonObject properties = task.properties();
      this.api =
          lifecycle
              .apis
              .ofService(WireJson.string(properties, "Service"), WireJson.string(properties, "API"))
              .orElseThrow(() -> new IllegalStateException("no API for " + task.name()));
    }

    /**
     * Calls, and looks at the answer.
     *
     * @return when to look again; {@link VendorTimes#NEVER} when all is well
     * @throws ApiException when the task has failed
     */
    private long call(ApiTurn turn) {
      if (task.kind() == TaskKind.CALL) {
        select(called(parameters(turn)));
        return VendorTimes.NEVER;
      }
      turn.looks++;
      DesiredValues wanted = DesiredValues.of(task, root, turn.item);
      String selector = text(turn, "PropertySelector");
      DesiredValues.Verdict verdict;
      try {
        verdict = wanted.verdict(PropertySelector.values(selector, answer(turn)), "");
      } catch (PropertySelector.SelectorException none) {
        verdict = wanted.verdict(List.of(), "" + none.getMessage());
      }
      if (verdict.desired()) {
        return VendorTimes.NEVER;
      }
      if (task.kind() == TaskKind.CHECK_FOR) {
        throw ApiException.of("CheckFor.NotDesired", verdict.said());
      }
      RetryDelays delays =
          RetryDelays.of(CustomLoop.resolve(task.retry(), root, null).getAsJsonObject());
      if (verdict.stops()) {
        throw ApiException.of("WaitFor.Stopped", verdict.said());
      }
      if (turn.looks > delays.retries()) {
        throw ApiException.of("WaitFor.RetriesExhausted", verdict.said(), turn.looks);
      }
      return now + delays.millisAfter(turn.looks);
    }

    /** A list has all values of its selector, a text has them in lines (assumed: of several). */
    private void select(JsonObject answer) {
      if (task.outputs().isEmpty()) {
        return;
      }
      PropertySelector.Answer json = PropertySelector.Answer.of(WireJson.text(answer));
      JsonObject declared = CustomLoop.resolve(task.outputs(), root, null).getAsJsonObject();
      for (String name : declared.keySet()) {
        JsonObject output = declared.getAsJsonObject(name);
        try {
          List<String> values =
              PropertySelector.values(WireJson.string(output, "ValueSelector"), json);
          if (WireJson.string(output, "Type").equals("List")) {
            outputs.add(name, WireJson.array(values));
          } else {
            outputs.addProperty(name, String.join("\n", values));
          }
        } catch (PropertySelector.SelectorException refused) {
          throw new TaskFailedException("the output " + name + ": " + refused.getMessage());
        }
      }
    }

    private String text(ApiTurn turn, String property) {
      JsonElement resolved = CustomLoop.resolve(task.properties().get(property), root, turn.item);
      return resolved.isJsonPrimitive() ? resolved.getAsString() : "";
    }

    /** That a call is about the region of the execution unless it says otherwise is assumed. */
    private JsonObject parameters(ApiTurn turn) {
      JsonObject given = WireJson.object("RegionId", root.regionId);
      if (task.properties().get("Parameters") instanceof JsonObject parameters) {
        given
            .asMap()
            .putAll(CustomLoop.resolve(parameters, root, turn.item).getAsJsonObject().asMap());
      }
      return given;
    }

    private PropertySelector.Answer answer(ApiTurn turn) {
      JsonObject parameters = parameters(turn);
      if (api.changes()) {
        return ask(parameters);
      }
      return answers.computeIfAbsent(WireJson.text(parameters), key -> ask(parameters));
    }

    private JsonObject called(JsonObject parameters) {
      JsonObject answer = api.answerUnderLock(api.parameters(parameters));
      answer.addProperty("RequestId", REQUEST);
      return answer;
    }

    private PropertySelector.Answer ask(JsonObject parameters) {
      JsonObject answer;
      try {
        answer = called(parameters);
      } catch (ApiException refused) {
        answer = refused.body(REQUEST);
      }
      return PropertySelector.Answer.of(WireJson.text(answer));
    }
  }

  /**
   * Does what is due of the task.
   *
   * @return {@link TaskTransition#PENDING} while something of it is still to come
   * @throws ApiException why the task has failed; so does TaskFailedException
   */
  TaskTransition step(EmulatedExecution root, TemplateTask task, long now) {
    boolean pending = false;
    Moment moment = new Moment(root, task, now);
    try {
      if (root.calls.isEmpty()) {
        begin(root, task);
      }
      pending = task.looped() ? items(moment) : single(moment, root.calls.get(0));
    } finally {
      if (!pending) {
        root.calls.clear();
      }
    }
    return pending ? TaskTransition.PENDING : new TaskTransition(moment.outputs, "");
  }

  private static void begin(EmulatedExecution root, TemplateTask task) {
    if (!task.looped()) {
      root.calls.add(new ApiTurn());
      return;
    }
    for (JsonElement item : CustomLoop.items(root, task)) {
      ApiTurn turn = new ApiTurn();
      turn.item = item;
      root.calls.add(turn);
    }
    root.task(task.name()).loopSize = root.calls.size();
    JsonObject rate = CustomLoop.rate(root, task);
    if (WireJson.string(rate, "Mode").equals("Batch")) {
      throw ApiException.invalid(
          "The sandbox runs a loop of " + task.action() + " in Mode Concurrency, not Batch.");
    }
    // Assumed: the Mode of a loop that names none.
    JsonObject whole = WireJson.object("Mode", "Concurrency");
    whole.asMap().putAll(rate.asMap());
    RateControl control = RateControl.of(whole, root.calls.size());
    root.maxErrors = control.maxErrors();
    root.concurrency = control.concurrency();
  }

  private static boolean single(Moment moment, ApiTurn turn) {
    long again = moment.call(turn);
    moment.root.due(again);
    return again != VendorTimes.NEVER;
  }

  /**
   * Looks for the items that are due, and begins others as items end. Assumed: after too many
   * failures the items that have begun still end, and no other begins.
   */
  private boolean items(Moment moment) {
    EmulatedExecution root = moment.root;
    EmulatedTask loop = root.task(root.current);
    int running = 0;
    int failed = 0;
    String first = "";
    long next = VendorTimes.NEVER;
    // The items that have begun come before those that have not.
    for (ApiTurn turn : root.calls) {
      if (turn.taskId.isEmpty()) {
        if (running >= root.concurrency || failed > root.maxErrors) {
          break;
        }
        turn.taskId = newItem(root, loop, turn, moment.now).id;
        turn.dueAt = moment.now;
      }
      EmulatedTask item = root.taskById(turn.taskId);
      if (item.running() && turn.dueAt <= moment.now) {
        look(moment, turn, item);
      }
      if (item.running()) {
        running++;
        next = Math.min(next, turn.dueAt);
      } else if (item.failed()) {
        failed++;
        first = first.isEmpty() ? item.statusMessage : first;
      }
    }
    root.due(next);
    if (running == 0 && failed > root.maxErrors) {
      throw new TaskFailedException(first + (failed > 1 ? " (and " + (failed - 1) + " more)" : ""));
    }
    return running > 0;
  }

  private EmulatedTask newItem(EmulatedExecution root, EmulatedTask loop, ApiTurn turn, long now) {
    EmulatedTask item = lifecycle.newTask(root, root.current, now);
    item.parentTaskId = loop.id;
    item.loopItem = turn.item == null ? "" : CustomLoop.name(turn.item);
    item.loopBatch = 1;
    return item;
  }

  private void look(Moment moment, ApiTurn turn, EmulatedTask item) {
    try {
      turn.dueAt = moment.call(turn);
      if (turn.dueAt == VendorTimes.NEVER) {
        lifecycle.end(moment.root, item, "Success", "", "{}", moment.now);
      }
    } catch (ApiException refused) {
      String why = "Item " + item.loopItem + ": " + refused.codeAndText();
      lifecycle.end(moment.root, item, "Failed", why, "{}", moment.now);
    }
  }
}
