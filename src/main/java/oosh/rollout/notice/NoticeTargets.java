package oosh.rollout.notice;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;

/** The port to the receivers that a user has named. */
public interface NoticeTargets {
  /** Where there are none, and none can be added. */
  NoticeTargets NONE =
      new NoticeTargets() {
        @Override
        public List<NoticeTarget> all() {
          return List.of();
        }

        @Override
        public void add(NoticeTarget target) {
          throw Problem.refused(
              "no notice can be kept", "there is no folder for settings", "set HOME, then again");
        }

        @Override
        public boolean remove(String name) {
          return false;
        }
      };

  /**
   * The receivers, by name.
   *
   * @throws Problem REFUSED if others could have read or changed them, or they cannot be read
   */
  List<NoticeTarget> all();

  default Optional<NoticeTarget> named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * The receiver of that name.
   *
   * @throws Problem REFUSED if there is none
   */
  default NoticeTarget need(String name) {
    return named(name)
        .orElseThrow(
            () ->
                Problem.refused(
                    "there is no notice of that name",
                    "notify list shows those that there are",
                    "notify add NAME --kind KIND"));
  }

  /** Adds it, or puts it in the place of that of its name. */
  void add(NoticeTarget target);

  /** Whether there was one of that name. */
  boolean remove(String name);
}
