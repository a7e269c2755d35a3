package oosh.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what executions have left behind in a group, and puts it back.
 *
 * <p>A failed or cancelled execution of the public template leaves instances in Standby, takes
 * their protection away and does not resume the scaling processes (source: the template, in the
 * repository aliyun/oos-templates). The newest execution that had to do with a thing decides about
 * it: where that one ended well, what is wrong now was done later, by a person. How a group was
 * before is read from the snapshot that a launch took; without one, it is inferred from what OOS
 * still knows of the execution.
 */
public final class Doctor {
  private static final String STANDBY = "Standby";
  private static final String PROTECTED = "Protected";

  private final Cloud cloud;
  private final Journal journal;
  private final Pace pace;
  private final Author author;

  public Doctor(Cloud cloud, Journal journal, Pace pace, Author author) {
    this.cloud = cloud;
    this.journal = journal;
    this.pace = pace;
    this.author = author;
  }

  /**
   * Looks at a group and at the executions that were on it.
   *
   * @throws Problem if ESS or OOS cannot be asked
   */
  public Diagnosis examine(Context context, ScalingGroup group) {
    List<GroupInstance> instances = cloud.groups().instances(group.id());
    Look look = new Look(group, instances);
    for (Past one : Past.on(cloud, journal, context, group.id())) {
      if (look.isOver()) {
        break;
      }
      look.at(one);
    }
    return look.diagnosis();
  }

  /**
   * Makes the call, and writes down before and after it what it is and what became of it.
   *
   * @throws Problem as ESS or the journal refuses it; UNCERTAIN if ESS may have done it
   */
  public void apply(Context context, Remedy remedy) {
    journal.healed(context, record(remedy, Healed.Outcome.ASKED, ""));
    String group = context.needGroup();
    try {
      switch (remedy.kind()) {
        case RETURN -> cloud.groups().exitStandby(group, remedy.subjects());
        case PROTECT -> cloud.groups().protect(group, remedy.subjects());
        case RESUME -> cloud.groups().resume(group, remedy.subjects());
      }
    } catch (Problem p) {
      // What ESS said matters more than that it could not be written down.
      boolean perhaps = p.kind() == Problem.Kind.UNCERTAIN || p.kind() == Problem.Kind.INTERRUPTED;
      try {
        journal.healed(
            context,
            record(remedy, perhaps ? Healed.Outcome.UNKNOWN : Healed.Outcome.REFUSED, p.why()));
      } catch (Problem unwritten) {
        throw p;
      }
      throw p;
    }
    journal.healed(context, record(remedy, Healed.Outcome.DONE, ""));
  }

  private Healed record(Remedy remedy, Healed.Outcome outcome, String why) {
    return new Healed(pace.instant(), remedy, author, outcome, why);
  }

  /** One examination: what is wrong, and what of it has no cause yet. */
  private final class Look {
    private final ScalingGroup group;
    private final List<GroupInstance> instances;
    private final Map<String, Leftover> standby = new LinkedHashMap<>();
    private final Map<String, Leftover> unprotected = new LinkedHashMap<>();
    private final Map<String, Leftover> suspended = new LinkedHashMap<>();
    private final Set<String> openStandby = new LinkedHashSet<>();
    private final Set<String> openProtection = new LinkedHashSet<>();
    private final Set<String> openProcesses = new LinkedHashSet<>();
    private @Nullable Execution inFlight;
    private int clean;

    Look(ScalingGroup group, List<GroupInstance> instances) {
      this.group = group;
      this.instances = instances;
      for (GroupInstance i : instances) {
        if (i.lifecycleState().equals(STANDBY)) {
          openStandby.add(i.id());
          standby.put(i.id(), unexplained(Leftover.Kind.STANDBY, i.id()));
        }
        if (!i.lifecycleState().equals(PROTECTED)) {
          openProtection.add(i.id());
        }
      }
      for (ScalingProcess p : ScalingProcess.values()) {
        if (group.suspended().contains(p)) {
          openProcesses.add(p.word());
          suspended.put(p.word(), unexplained(Leftover.Kind.SUSPENDED, p.word()));
        }
      }
    }

    private Leftover unexplained(Leftover.Kind kind, String subject) {
      return new Leftover(kind, subject, null, Leftover.Reached.NOTHING);
    }

    /** Nothing is open, and what was looked at last took no protection that is still missing. */
    boolean isOver() {
      return openStandby.isEmpty() && openProcesses.isEmpty() && clean >= 2;
    }

    void at(Past one) {
      if (!one.status().isFinal()) {
        if (one.execution() != null) {
          inFlight = one.execution();
          // What it has moved, it will put back; what was so before it, older ones explain.
          one.children(cloud).keySet().forEach(this::inItsHands);
          inItsHands(suspendedBy(one));
        }
        return;
      }
      boolean well = one.status().isSuccess();
      Optional<Snapshot> before = journal.before(one.id());
      List<Healed> healed = journal.healed(one.id());
      processes(one, well, before, healed);
      Map<String, Execution> children =
          well && openStandby.isEmpty() ? Map.of() : one.children(cloud);
      Set<String> touched = new LinkedHashSet<>(children.keySet());
      if (one.execution() == null) {
        // OOS has forgotten it: what it touched is not known any more.
        before.ifPresent(s -> touched.addAll(s.states().keySet()));
      }
      int found = 0;
      for (String instance : touched) {
        Execution child = children.get(instance);
        found += standby(one, instance, child, before, healed) ? 1 : 0;
        found += protection(one, instance, child, before, healed) ? 1 : 0;
      }
      clean = found > 0 ? 0 : clean + 1;
    }

    private void inItsHands(String instance) {
      openStandby.remove(instance);
      standby.remove(instance);
      openProtection.remove(instance);
    }

    private void inItsHands(Set<String> processes) {
      openProcesses.removeAll(processes);
      processes.forEach(suspended::remove);
    }

    private void processes(Past one, boolean well, Optional<Snapshot> before, List<Healed> healed) {
      for (String process : suspendedBy(one)) {
        if (!openProcesses.contains(process)) {
          continue;
        }
        boolean ranBefore =
            before
                .map(s -> s.suspended().stream().noneMatch(p -> p.word().equals(process)))
                .orElse(true);
        if (!ranBefore) {
          continue;
        }
        openProcesses.remove(process);
        if (!well && healed.stream().noneMatch(h -> h.putBack(Remedy.Kind.RESUME, process))) {
          suspended.put(
              process,
              new Leftover(
                  Leftover.Kind.SUSPENDED, process, cause(one, before), Leftover.Reached.NOTHING));
        }
      }
    }

    private boolean standby(
        Past one,
        String instance,
        @Nullable Execution child,
        Optional<Snapshot> before,
        List<Healed> healed) {
      boolean wasSoBefore =
          before.flatMap(s -> s.state(instance)).filter(STANDBY::equals).isPresent();
      if (!openStandby.contains(instance) || (wasSoBefore && !succeeded(child))) {
        return false;
      }
      openStandby.remove(instance);
      if (succeeded(child)
          || healed.stream().anyMatch(h -> h.putBack(Remedy.Kind.RETURN, instance))) {
        return false;
      }
      standby.put(
          instance,
          new Leftover(Leftover.Kind.STANDBY, instance, cause(one, before), reached(child)));
      return true;
    }

    private boolean protection(
        Past one,
        String instance,
        @Nullable Execution child,
        Optional<Snapshot> before,
        List<Healed> healed) {
      if (!openProtection.contains(instance)) {
        return false;
      }
      // A child is given the state that its instance was in (assumed, where no snapshot says it).
      String state =
          before
              .flatMap(s -> s.state(instance))
              .orElse(child == null ? "" : child.parameter("lifecycleState"));
      if (!state.equals(PROTECTED)) {
        return false;
      }
      openProtection.remove(instance);
      if (succeeded(child)
          || healed.stream().anyMatch(h -> h.putBack(Remedy.Kind.PROTECT, instance))) {
        return false;
      }
      unprotected.put(
          instance,
          new Leftover(
              Leftover.Kind.UNPROTECTED, instance, cause(one, before), Leftover.Reached.NOTHING));
      return true;
    }

    private boolean succeeded(@Nullable Execution child) {
      return child != null && child.status().isSuccess();
    }

    private Leftover.Cause cause(Past one, Optional<Snapshot> before) {
      return new Leftover.Cause(one.id(), one.status(), one.ended(), before.isPresent());
    }

    Diagnosis diagnosis() {
      List<Leftover> all = new ArrayList<>(standby.values());
      all.addAll(unprotected.values());
      all.addAll(suspended.values());
      return new Diagnosis(group, instances, all, inFlight);
    }
  }

  /** What the execution suspended: a rollback takes the list of its source. */
  private Set<String> suspendedBy(Past one) {
    Execution e = one.execution();
    if (e == null) {
      Entry entry = one.entry();
      return entry == null || entry.suspendedNothing() ? Set.of() : words(ScalingProcess.all());
    }
    if (e.isRollback()) {
      return cloud
          .executions()
          .find(e.parameter("sourceExecutionId"))
          .map(source -> Set.copyOf(source.listParameter("enterProcess")))
          .orElseGet(Set::of);
    }
    return Set.copyOf(e.listParameter("enterProcess"));
  }

  private static Set<String> words(Set<ScalingProcess> processes) {
    Set<String> words = new LinkedHashSet<>();
    processes.forEach(p -> words.add(p.word()));
    return words;
  }

  private Leftover.Reached reached(@Nullable Execution child) {
    if (child == null) {
      return Leftover.Reached.UNKNOWN;
    }
    boolean began = false;
    boolean checked = false;
    for (TaskExecution task : cloud.executions().tasks(child.id())) {
      began |= task.name().equals("runCommand");
      checked |= task.name().equals("checkInvocationResult") && task.status().isSuccess();
    }
    return checked
        ? Leftover.Reached.ENDED_WELL
        : began ? Leftover.Reached.FAILED : Leftover.Reached.NOT_RUN;
  }
}
