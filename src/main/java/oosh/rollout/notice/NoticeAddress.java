package oosh.rollout.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.UpdateSpec;

/**
 * Puts the address of a notice by OOS into a start at the last moment: so it stands in no plan, no
 * journal and no template.
 */
public final class NoticeAddress {
  /** An address of no machine (RFC 6761): the sandbox posts nothing there. */
  private static final String NOWHERE = "https://nobody.invalid/";

  private NoticeAddress() {}

  /**
   * What a launch keeps of the notice that OOS is to send at its end.
   *
   * @param spec what is launched
   * @param profile on which
   * @throws Problem REFUSED if OOS cannot send it
   */
  public static EndNotice of(NoticeTarget target, UpdateSpec spec, String profile) {
    EndNotice notice = ofApproval(target, profile);
    if (spec.onFailureOrDefault() == OnFailure.PAUSE) {
      throw Problem.refused(
          "OOS cannot tell " + target.name(),
          "with on-failure pause, a notice that does not arrive would make the execution wait",
          "launch --on-failure stop, or without --notify-from-oos");
    }
    return notice;
  }

  /**
   * What a launch keeps of the notice that OOS is to send when it waits for an approval: it waits
   * there in any case.
   *
   * @throws Problem REFUSED if OOS cannot send it
   */
  public static EndNotice ofApproval(NoticeTarget target, String profile) {
    if (target.isSigned()) {
      throw Problem.refused(
          "OOS cannot tell " + target.name(),
          "its notices are signed, and a template cannot sign",
          "notify add "
              + target.name()
              + "-oos --kind "
              + target.kind().word()
              + ", for a receiver without a signing secret");
    }
    requireReachable(target, profile);
    return new EndNotice(target.name(), target.kind().word(), fingerprint(target));
  }

  private static void requireReachable(NoticeTarget target, String profile) {
    if (target.isLocal() && !profile.equals(Profile.SANDBOX)) {
      throw Problem.refused(
          "OOS cannot tell " + target.name(),
          "its address is on this machine",
          "notify add NAME --kind KIND, for a public address");
    }
  }

  /**
   * The start with the addresses.
   *
   * @param profile the sandbox gets addresses of this machine alone
   * @throws Problem REFUSED if there is no such notice, or it has another address by now: a start
   *     that is sent again must be the same to the letter
   */
  public static StartRequest resolved(StartRequest start, NoticeTargets targets, String profile) {
    Map<String, Object> parameters = new LinkedHashMap<>(start.parameters());
    for (String name : StartRequest.ADDRESSES) {
      Object standIn = parameters.get(name);
      if (EndNotice.isStandIn(standIn)) {
        EndNotice notice = EndNotice.of(String.valueOf(standIn));
        require(notice, targets, profile);
        parameters.put(
            name, notice.isNobody() ? NOWHERE : address(found(notice, targets), profile));
      }
    }
    return parameters.equals(start.parameters())
        ? start
        : new StartRequest(
            start.template(),
            start.version(),
            start.content(),
            parameters,
            start.onFailure(),
            start.clientToken(),
            start.tags(),
            start.description());
  }

  /**
   * Whether OOS can still send it: what was staged may be launched on another profile, or later.
   *
   * @throws Problem REFUSED if it cannot
   */
  public static void require(EndNotice notice, NoticeTargets targets, String profile) {
    if (!notice.isNobody()) {
      requireReachable(found(notice, targets), profile);
    } else if (!profile.equals(Profile.SANDBOX)) {
      throw Problem.usage(
          "an approval needs --notify",
          "OOS tells somebody that it waits, and takes no approval without an address (assumed)",
          "stage approval --by NAME,NAME --notify NAME; notify list shows the names");
    }
  }

  private static String address(NoticeTarget target, String profile) {
    return profile.equals(Profile.SANDBOX) && !target.isLocal()
        ? "https://" + target.address().getHost() + "/hidden"
        : target.address().toString();
  }

  private static NoticeTarget found(EndNotice notice, NoticeTargets targets) {
    return targets
        .named(notice.name())
        .filter(t -> fingerprint(t).equals(notice.fingerprint()))
        .orElseThrow(
            () ->
                Problem.refused(
                    "the start cannot be sent",
                    "the notice "
                        + notice.name()
                        + ", which OOS is to send, was removed or has another address",
                    "notify add "
                        + notice.name()
                        + " --kind "
                        + notice.kind()
                        + " with the address of before, then the same line"));
  }

  /** 32 bits: enough to notice another address, too few to find one. */
  private static String fingerprint(NoticeTarget target) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(target.address().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
