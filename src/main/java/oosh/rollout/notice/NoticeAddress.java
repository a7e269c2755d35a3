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
  private NoticeAddress() {}

  /**
   * What a launch keeps of the notice that OOS is to send.
   *
   * @param spec what is launched
   * @param profile on which
   * @throws Problem REFUSED if OOS cannot send it
   */
  public static EndNotice of(NoticeTarget target, UpdateSpec spec, String profile) {
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
    if (target.isLocal() && !profile.equals(Profile.SANDBOX)) {
      throw Problem.refused(
          "OOS cannot tell " + target.name(),
          "its address is on this machine",
          "notify add NAME --kind KIND, for a public address");
    }
    if (spec.onFailureOrDefault() == OnFailure.PAUSE) {
      throw Problem.refused(
          "OOS cannot tell " + target.name(),
          "with on-failure pause, a notice that does not arrive would make the execution wait",
          "launch --on-failure stop, or without --notify-from-oos");
    }
    return new EndNotice(target.name(), target.kind().word(), fingerprint(target));
  }

  /**
   * The start with the address.
   *
   * @param profile the sandbox gets addresses of this machine alone
   * @throws Problem REFUSED if there is no such notice, or it has another address by now: a start
   *     that is sent again must be the same to the letter
   */
  public static StartRequest resolved(StartRequest start, NoticeTargets targets, String profile) {
    Object standIn = start.parameters().get(StartRequest.NOTICE_URI);
    if (!EndNotice.isStandIn(standIn)) {
      return start;
    }
    EndNotice notice = EndNotice.of(String.valueOf(standIn));
    NoticeTarget target =
        targets
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
    Map<String, Object> parameters = new LinkedHashMap<>(start.parameters());
    parameters.put(
        StartRequest.NOTICE_URI,
        profile.equals(Profile.SANDBOX) && !target.isLocal()
            ? "https://" + target.address().getHost() + "/hidden"
            : target.address().toString());
    return new StartRequest(
        start.template(),
        start.version(),
        start.content(),
        parameters,
        start.onFailure(),
        start.clientToken(),
        start.tags(),
        start.description());
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
