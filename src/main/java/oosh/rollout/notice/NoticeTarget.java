package oosh.rollout.notice;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.rollout.Problem;

/**
 * A receiver of notices. Who knows its address can post to it: so the address is a secret like what
 * signs, and no text of this record has either.
 *
 * @param secret what notices are signed with; "" for none
 */
public record NoticeTarget(String name, NoticeKind kind, URI address, String secret) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  /** In characters; the addresses of the four kinds have some 120. */
  private static final int LONGEST = 2000;

  /** In characters: a part of an address that is shorter is a word, such as {@code services}. */
  private static final int SHORTEST_TOKEN = 16;

  /** In characters, of what stands behind a question mark or is signed with. */
  private static final int SHORTEST_SECRET = 8;

  private static final String SIGNING_KEY = "whsec_";

  /** In bytes (source: Standard Webhooks 1.0.0, "Signature scheme"). */
  private static final int LEAST_KEY = 24;

  private static final int MOST_KEY = 64;

  /**
   * A name that was typed.
   *
   * @throws Problem USAGE if it is none
   */
  public static String checkedName(String name) {
    if (NAME.matcher(name).matches()) {
      return name;
    }
    // The word may be an address: it is not repeated.
    throw Problem.usage(
        "that is no name for a notice",
        "a name has up to 32 letters, digits, '.', '_' and '-'; the address is asked for",
        "notify add team --kind dingtalk");
  }

  /**
   * An address that was typed.
   *
   * @throws Problem REFUSED if it is none, or would be sent in the clear; no word of it is repeated
   */
  public static URI checkedAddress(String name, String typed) {
    String text = typed.strip();
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw notAnAddress(name, "it is no URL");
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw notAnAddress(name, text.isEmpty() ? "nothing was given" : "it is no https URL");
    }
    if (scheme.equals("http") && !isLoopback(host)) {
      throw notAnAddress(name, "plain http is for this machine only");
    }
    if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
      throw notAnAddress(name, "a user, a password or a # has no place in it");
    }
    if (text.length() > LONGEST) {
      throw notAnAddress(name, "it has more than " + LONGEST + " characters");
    }
    return address;
  }

  private static Problem notAnAddress(String name, String why) {
    return Problem.refused(
        "the address of " + name + " cannot be used", why, "notify add " + name + " --kind KIND");
  }

  /**
   * What notices are signed with, as it was typed.
   *
   * @throws Problem REFUSED if the kind cannot sign with it; no word of it is repeated
   */
  public static String checkedSecret(String name, NoticeKind kind, String typed) {
    String secret = typed.strip();
    if (kind == NoticeKind.WEBHOOK && !secret.isEmpty() && signingKey(secret).length == 0) {
      throw Problem.refused(
          "the signing secret of " + name + " cannot be used",
          "it is not whsec_ and the Base64 of " + LEAST_KEY + " to " + MOST_KEY + " bytes",
          "echo whsec_$(openssl rand -base64 32) makes one; or leave it empty");
    }
    return secret;
  }

  /** The bytes of a secret of Standard Webhooks; none if it is no such secret. */
  private static byte[] signingKey(String secret) {
    try {
      byte[] key =
          secret.startsWith(SIGNING_KEY)
              ? Base64.getDecoder().decode(secret.substring(SIGNING_KEY.length()))
              : new byte[0];
      return key.length < LEAST_KEY || key.length > MOST_KEY ? new byte[0] : key;
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** What an HMAC is keyed with. */
  public byte[] signingKey() {
    return kind == NoticeKind.WEBHOOK
        ? signingKey(secret)
        : secret.getBytes(StandardCharsets.UTF_8);
  }

  public boolean isSigned() {
    return !secret.isEmpty();
  }

  /** Whether its address is on this machine, by its spelling: no name is looked up. */
  public boolean isLocal() {
    return isLoopback(address.getHost());
  }

  private static boolean isLoopback(String host) {
    String h = host.toLowerCase(Locale.ROOT);
    return h.equals("localhost") || h.equals("[::1]") || h.matches("127(\\.\\d{1,3}){3}");
  }

  /** {@code oapi.dingtalk.com/…3f9a}: enough to tell two apart, and no more. */
  public String shortened() {
    String all = address.toString();
    int behind = all.length() - (all.indexOf(address.getHost()) + address.getHost().length());
    return address.getHost()
        + (behind < SHORTEST_TOKEN ? "/…" : "/…" + all.substring(all.length() - 4));
  }

  /**
   * What no text may repeat, the longest first: the address, its parts that are no plain words, and
   * the secret; each as it is and as an address would have it.
   */
  public List<String> secrets() {
    List<String> values = new ArrayList<>(List.of(address.toString()));
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    Stream.of(String.valueOf(address.getRawPath()).split("/", -1))
        .filter(part -> part.length() >= SHORTEST_TOKEN)
        .forEach(values::add);
    Arrays.stream(query.split("&", -1))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .filter(part -> part.length() >= SHORTEST_SECRET)
        .forEach(values::add);
    if (secret.length() >= SHORTEST_SECRET) {
      values.add(secret);
    }
    return values.stream()
        .flatMap(v -> Stream.of(v, URLEncoder.encode(v, StandardCharsets.UTF_8)))
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** The text without what is secret about it. */
  public String masked(String text) {
    String masked = text;
    for (String value : secrets()) {
      masked = masked.replace(value, "(hidden)");
    }
    return masked;
  }

  @Override
  public String toString() {
    return name + " (" + kind.word() + ")";
  }
}
