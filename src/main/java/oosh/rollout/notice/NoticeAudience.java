package oosh.rollout.notice;

import java.util.List;

/** Whom the journal writes notices for. No method throws: the end of an execution is recorded. */
public interface NoticeAudience {
  /** Nobody is told. */
  NoticeAudience NOBODY =
      new NoticeAudience() {
        @Override
        public List<String> names() {
          return List.of();
        }

        @Override
        public String masked(String text) {
          return text;
        }

        @Override
        public void written() {}
      };

  /** The names of the receivers; empty where there are none, or they cannot be read. */
  List<String> names();

  /** The text without keys, tokens and addresses. */
  String masked(String text);

  /** Called after notices were written, and are on the disk. */
  void written();
}
