package oosh.shell.verbs.wave;

import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.RolloutFile;
import oosh.shell.Session;

/** A session at a group of a rollout, with what its file says staged. */
final class GroupSession {
  private GroupSession() {}

  static Session of(Session session, RolloutFile file, GroupOfWave group) {
    Session there = at(session, group.region());
    there.move(there.context().withGroup(group.group()).withMethod(file.method()), null);
    there.stage(file.spec());
    return there;
  }

  /** A session of the same profile in a region. */
  static Session at(Session session, String region) {
    return new Session(
        session.backends(),
        session.screen(),
        session.backends().profiles().named(session.context().profile()),
        region,
        null);
  }
}
