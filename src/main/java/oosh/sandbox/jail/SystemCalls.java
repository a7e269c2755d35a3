package oosh.sandbox.jail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * The filter of system calls (seccomp) that {@code bwrap} sets for a script. It refuses those that
 * give memory which no limit counts (memfd, System V's memory, messages and semaphores, POSIX's
 * messages), and those that reach what no namespace holds apart (keyrings, BPF, performance
 * counters, io_uring). They fail with ENOSYS, as on a kernel that has none of them.
 */
final class SystemCalls {
  /**
   * Of an architecture: its number in {@code linux/audit.h}, then those of add_key, request_key,
   * keyctl, memfd_create, memfd_secret, shmget, msgget, semget, io_uring_setup, bpf,
   * perf_event_open, userfaultfd and mq_open in {@code asm/unistd.h}.
   */
  private static final Map<String, List<Integer>> NUMBERS =
      Map.of(
          "amd64",
          List.of(0xC000003E, 248, 249, 250, 319, 447, 29, 68, 64, 425, 321, 298, 323, 240),
          "aarch64",
          List.of(0xC00000B7, 217, 218, 219, 279, 447, 194, 186, 190, 425, 280, 241, 282, 180));

  /** Of an architecture: setgroups, setresgid, setresuid, unshare, mount, prctl. */
  private static final Map<String, List<Integer>> OF_THE_JAIL =
      Map.of(
          "amd64", List.of(116, 119, 117, 272, 165, 157),
          "aarch64", List.of(159, 149, 147, 97, 40, 167));

  /** From here on x86_64 takes the calls of its x32 again, under numbers of their own. */
  private static final int OF_X32 = 0x40000000;

  private static final int LOAD = 0x20;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_NOT_BELOW = 0x35;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7fff0000;
  private static final int ENOSYS = 0x00050000 | 38;

  private SystemCalls() {}

  /** Whether there is a filter for this machine. */
  static boolean known() {
    return NUMBERS.containsKey(System.getProperty("os.arch"));
  }

  /** The numbers of the calls that {@code jail-open.pl} makes. */
  static List<String> ofTheJail() {
    return OF_THE_JAIL.getOrDefault(System.getProperty("os.arch"), List.of()).stream()
        .map(String::valueOf)
        .toList();
  }

  /** The filter's bytes as {@code printf} takes them; empty where there is none. */
  static final String FILTER = filter();

  private static String filter() {
    List<Integer> numbers = NUMBERS.getOrDefault(System.getProperty("os.arch"), List.of());
    if (numbers.isEmpty()) {
      return "";
    }
    List<Integer> calls = numbers.subList(1, numbers.size());
    ByteBuffer program = ByteBuffer.allocate(8 * (calls.size() + 6)).order(ByteOrder.nativeOrder());
    // struct seccomp_data: the number of the call, then the architecture. Jumps count from the
    // next instruction; the last one refuses.
    int refuse = calls.size() + 3;
    put(program, LOAD, 0, 0, 4);
    put(program, IF_EQUAL, 0, refuse, numbers.get(0));
    put(program, LOAD, 0, 0, 0);
    put(program, IF_NOT_BELOW, calls.size() + 1, 0, OF_X32);
    for (int i = 0; i < calls.size(); i++) {
      put(program, IF_EQUAL, calls.size() - i, 0, calls.get(i));
    }
    put(program, RETURN, 0, 0, ALLOW);
    put(program, RETURN, 0, 0, ENOSYS);
    StringBuilder text = new StringBuilder();
    for (byte each : program.array()) {
      text.append(String.format("\\%03o", each & 0xff));
    }
    return text.toString();
  }

  private static void put(ByteBuffer program, int code, int ifTrue, int ifFalse, int value) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
  }
}
