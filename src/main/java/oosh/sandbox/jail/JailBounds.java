package oosh.sandbox.jail;

/**
 * What a script may use in its jail. Each bound holds for one run of a script; at most {@value
 * #SCRIPTS} run side by side.
 */
public final class JailBounds {
  private static final long MIB = 1L << 20;

  /** Scripts that run side by side in real time; more wait their turn. */
  public static final int SCRIPTS = 8;

  /** Bytes of output: Cloud Assistant keeps 24 KB and says in {@code Dropped} how much it cut. */
  static final int OUTPUT = 24 * 1024;

  /** Bytes that the home, /tmp and /dev/shm hold together; they are one file system in memory. */
  static final long SPACE = 64 * MIB;

  /** Files and directories in the home, /tmp and /dev/shm together. */
  static final int FILES = 8_192;

  /** Bytes of one file. */
  static final long FILE = SPACE;

  /** Bytes of address space of one process. */
  static final long ADDRESSES = 1024 * MIB;

  /** Resident bytes of all processes together; measured, so it may be passed for a moment. */
  static final long MEMORY = 1024 * MIB;

  /** Between two measurements of the memory. */
  static final int MEASURED_EVERY_MILLIS = 100;

  /** Processes and threads at once. */
  static final int PROCESSES = 64;

  /** Open files of one process. */
  static final int OPEN_FILES = 256;

  /** Bytes on disk of one instance's home, between two scripts. */
  static final long KEPT = 2 * SPACE;

  /** Bytes on disk of the homes of all instances. */
  static final long KEPT_OF_ALL = 1024 * MIB;

  private JailBounds() {}
}
