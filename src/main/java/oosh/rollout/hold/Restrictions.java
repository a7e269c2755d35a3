package oosh.rollout.hold;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;

/**
 * The part of the journal that keeps locks of groups and freeze windows. Locks are keyed by region
 * and group, whatever the profile; freeze windows hold in every region. Every method may throw a
 * {@link Problem}; what a changing method has returned from survives the death of the process.
 */
public interface Restrictions {
  /** The time by which freeze windows are in force: of a shared journal its database's. */
  Instant now();

  /**
   * Locks a group. Of several users who try at the same time, exactly one succeeds. A lock that the
   * same user has already is kept with its time, and gets the new reason.
   *
   * @return the lock that stands now: the wanted one, or that of another user
   */
  GroupLock lock(GroupLock wanted);

  /**
   * Takes a lock away.
   *
   * @param because why a person removes another person's lock; "" of one's own
   * @return false if that lock does not stand any more
   */
  boolean unlock(GroupLock lock, Person by, String because);

  /** The lock of that group. */
  Optional<GroupLock> lockOn(String region, String group);

  /** The locks in a region, by group. */
  List<GroupLock> locks(String region);

  /**
   * Adds a freeze window.
   *
   * @return the window with its number
   */
  FreezeWindow add(FreezeWindow window);

  /**
   * The freeze windows, the oldest first.
   *
   * @throws Problem REFUSED also if one cannot be read: then it is not known what is frozen
   */
  List<FreezeWindow> freezes();

  /**
   * Removes the freeze window of that number, also one that cannot be read.
   *
   * @return false if there is none
   */
  boolean removeFreeze(long number);
}
