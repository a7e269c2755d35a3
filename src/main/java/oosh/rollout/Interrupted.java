package oosh.rollout;

/**
 * The user pressed Ctrl-C: the command ends, whatever it was doing. It is not a {@link Problem}, so
 * that code that goes on after a problem does not go on after Ctrl-C.
 */
public final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  private Interrupted(Problem problem) {
    super(problem.getMessage(), null, false, false);
    this.problem = problem;
  }

  /** With the three parts of a problem: what ended, why, and what to do next. */
  public static Interrupted of(String what, String why, String next) {
    return new Interrupted(Problem.of(Problem.Kind.INTERRUPTED, what, why, next));
  }

  /** What is thrown for a problem that may be Ctrl-C's. */
  public static RuntimeException orProblem(Problem problem) {
    return problem.kind() == Problem.Kind.INTERRUPTED ? new Interrupted(problem) : problem;
  }

  /**
   * What the user reads of either.
   *
   * @param thrown a {@link Problem} or an {@link Interrupted}
   */
  public static Problem problemOf(RuntimeException thrown) {
    return thrown instanceof Interrupted interrupted ? interrupted.problem : (Problem) thrown;
  }

  /** The same Ctrl-C, for something else that did not happen. */
  public Interrupted instead(String what, String next) {
    return new Interrupted(problem.instead(what, next));
  }

  /** What the user reads of it; its exit status is 130. */
  public Problem problem() {
    return problem;
  }
}
