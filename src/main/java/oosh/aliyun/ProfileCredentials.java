package oosh.aliyun;

import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.TemporaryCredentials.LentKeys;
import oosh.aliyun.signin.CliProfile;
import oosh.aliyun.signin.ProcessCommand;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.Unasked;
import org.jspecify.annotations.Nullable;

/**
 * A profile's keys, looked up when a call needs them and again whenever the profile has changed.
 * One thread at a time: neither the SDK's providers nor ours lock when they refresh.
 */
final class ProfileCredentials implements AlibabaCloudCredentialsProvider {
  /** How long a role is taken on, in seconds; the shortest that STS gives. */
  private static final int ROLE_SECONDS = 900;

  /** How long keys are used whose program does not say when they expire. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");

  /** So many keys of the past are still masked. */
  private static final int REMEMBERED = 16;

  private static final int MAX_CHAIN = 5;

  /** For a chain of roles, each asked of STS. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "oosh-keys");
            thread.setDaemon(true);
            return thread;
          });

  private final String name;
  private final Supplier<CliProfile> profile;
  private final Function<String, CliProfile> sources;
  private final HttpTransport transport;
  private final boolean redirected;
  private final InstantSource clock;
  private final ProcessCommand program;
  private final URI metadata;
  private final ReentrantLock one = new ReentrantLock();
  private @Nullable CliProfile known;
  private @Nullable AlibabaCloudCredentialsProvider provider;
  private volatile @Nullable Instant expiry;
  private final Deque<AlibabaCloudCredentials> lent = new ConcurrentLinkedDeque<>();

  /**
   * @param name the profile's
   * @param profile the profile as it is now
   * @param sources another profile by name, for a role that is taken on from a role
   * @param redirected whether every call goes to one place, so that no provider may ask elsewhere
   * @param clock says when keys that were lent end
   * @param program runs the command of a profile of mode External
   * @param metadata where an instance asks about itself
   */
  ProfileCredentials(
      String name,
      Supplier<CliProfile> profile,
      Function<String, CliProfile> sources,
      HttpTransport transport,
      boolean redirected,
      InstantSource clock,
      ProcessCommand program,
      URI metadata) {
    this.name = name;
    this.profile = profile;
    this.sources = sources;
    this.transport = transport;
    this.redirected = redirected;
    this.clock = clock;
    this.program = program;
    this.metadata = metadata;
  }

  /**
   * Waits with an end, and until an interrupt: a chain of roles is several questions, and the file
   * of a token may lie where reading it notices neither.
   */
  @Override
  public AlibabaCloudCredentials getCredentials() {
    Future<AlibabaCloudCredentials> keys = THREADS.submit(Unasked.carried(this::found));
    try {
      return keys.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      keys.cancel(true);
      Thread.currentThread().interrupt();
      throw Interrupted.orProblem(interrupted());
    } catch (TimeoutException e) {
      keys.cancel(true);
      throw silent();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private AlibabaCloudCredentials found() throws InterruptedException {
    if (!one.tryLock(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      throw silent();
    }
    try {
      return find();
    } finally {
      one.unlock();
    }
  }

  private AlibabaCloudCredentials find() {
    CliProfile now = profile.get();
    try {
      AlibabaCloudCredentialsProvider p = provider;
      if (p == null || !now.equals(known)) {
        p = provider(now, new HashSet<>());
        provider = p;
        known = now;
      }
      AlibabaCloudCredentials keys = p.getCredentials();
      remember(keys);
      expiry = p instanceof TemporaryCredentials temporary ? temporary.expiry() : null;
      return keys;
    } catch (ClientException | RuntimeException e) {
      throw meaning(now, e);
    }
  }

  private void remember(AlibabaCloudCredentials keys) {
    if (keys != lent.peekLast()) {
      lent.addLast(keys);
      if (lent.size() > REMEMBERED) {
        lent.removeFirst();
      }
    }
  }

  /** The keys, secrets and tokens that were lent last, which no text may hold. */
  List<String> secrets() {
    return lent.stream()
        .flatMap(
            k ->
                Stream.of(
                    k.getAccessKeyId(),
                    k.getAccessKeySecret(),
                    k instanceof BasicSessionCredentials s ? s.getSessionToken() : ""))
        .toList();
  }

  /** When the keys that were got last expire; null if they do not, or it is not known. */
  @Nullable Instant expiry() {
    return expiry;
  }

  /**
   * What this room threw, as a person reads it. Of what the SDK's providers throw for whatever they
   * did not expect, with it in the message, nothing is passed on but its code.
   */
  private RuntimeException meaning(CliProfile p, Exception thrown) {
    RuntimeException ours = RpcClient.ours(thrown).orElse(null);
    if (ours instanceof CallFailureException trouble) {
      return Interrupted.orProblem(failed(p, trouble));
    }
    return ours != null
        ? ours
        : failed(p, thrown instanceof ClientException e ? e.getErrCode() : null);
  }

  private AlibabaCloudCredentialsProvider provider(CliProfile p, Set<String> seen)
      throws ClientException {
    String unusable = p.unusable();
    if (unusable != null) {
      throw p.refusal(unusable);
    }
    if (redirected && p.mode().equals("EcsRamRole")) {
      throw CliProfile.problem(
          p.name(),
          "mode " + p.mode() + " asks elsewhere than " + Endpoints.OVERRIDE + " says",
          "unset " + Endpoints.OVERRIDE + ", or use another profile");
    }
    return switch (p.mode()) {
      case "AK", "StsToken" -> new StaticCredentialsProvider(keys(p));
      case "RamRoleArn" -> role(p, new StaticCredentialsProvider(keys(p)));
      case "ChainableRamRoleArn" -> {
        if (!seen.add(p.name()) || seen.size() > MAX_CHAIN) {
          throw p.refusal("its source_profile leads in a circle");
        }
        yield role(p, provider(sources.apply(p.get("source_profile")), seen));
      }
      case "OIDC" -> {
        String host = stsHost(p);
        OidcRoleCredentials role =
            new OidcRoleCredentials(p, session(p), seconds(p), host, transport);
        yield new TemporaryCredentials(clock, () -> LentKeys.of(role.ask(clock.instant()), host));
      }
      case "EcsRamRole" -> {
        InstanceRoleCredentials role =
            new InstanceRoleCredentials(p, transport.clients(), metadata);
        String host = String.valueOf(metadata.getHost());
        yield new TemporaryCredentials(clock, () -> LentKeys.of(role.ask(), host));
      }
      case "External" ->
          new TemporaryCredentials(
              clock,
              () -> {
                if (Unasked.here()) {
                  throw p.refusal("its process_command is not started before a command needs it");
                }
                return printed(p);
              });
      case "CredentialsURI" -> {
        UriCredentials service = new UriCredentials(p, transport.clients(), redirected);
        yield new TemporaryCredentials(clock, () -> LentKeys.of(service.ask(), service.host()));
      }
      case "OAuth", "CloudSSO" -> new TemporaryCredentials(clock, () -> kept(p));
      default -> throw new IllegalStateException("mode " + p.mode());
    };
  }

  /** What its program prints now; without an expiration it is kept for a few minutes. */
  private LentKeys printed(CliProfile p) {
    CliProfile printed;
    try {
      printed = program.keys(p);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Interrupted.orProblem(interrupted());
    }
    if (printed.get("sts_expiration").isEmpty()) {
      return new LentKeys(keys(printed), null, clock.instant().plus(KEPT));
    }
    Instant expires = expiration(printed);
    return new LentKeys(keys(printed), expires, expires.minus(TemporaryCredentials.SPARE));
  }

  /** The keys that the CLI keeps in its file for a person who has signed in; never renewed here. */
  private LentKeys kept(CliProfile p) {
    Instant expires = expiration(p);
    if (!clock.instant().isBefore(expires)) {
      throw p.refusal("its sign-in has expired, at " + expires);
    }
    return new LentKeys(keys(p), expires, expires);
  }

  /** In seconds since 1970; a value that is none has expired. */
  private static Instant expiration(CliProfile p) {
    return Instant.ofEpochSecond(
        JsonFields.whole(p.get("sts_expiration")).filter(s -> s >= 0 && s < 1L << 38).orElse(0L));
  }

  /** The keys that the profile holds itself; mode AK has no token. */
  private static AlibabaCloudCredentials keys(CliProfile p) {
    String id = p.get("access_key_id");
    String secret = p.get("access_key_secret");
    String token = p.mode().equals("AK") ? "" : p.get("sts_token");
    return token.isEmpty()
        ? new BasicCredentials(id, secret)
        : new BasicSessionCredentials(id, secret, token);
  }

  private AlibabaCloudCredentialsProvider role(
      CliProfile p, AlibabaCloudCredentialsProvider source) {
    // Our own client under it: HTTPS, the deadline, and the screening hold for STS too.
    String host = stsHost(p);
    RamRoleCredentials role =
        new RamRoleCredentials(
            p, session(p), seconds(p), host, RpcClient.client(stsRegion(p), source, transport));
    return new TemporaryCredentials(clock, () -> LentKeys.of(role.ask(), host));
  }

  private static String session(CliProfile p) {
    return p.get("ram_session_name").isEmpty() ? "oosh" : p.get("ram_session_name");
  }

  private static int seconds(CliProfile p) {
    return JsonFields.whole(p.get("expired_seconds"))
        .filter(s -> s >= ROLE_SECONDS && s <= 43_200)
        .map(Long::intValue)
        .orElse(ROLE_SECONDS);
  }

  /** The host that the profile names, else that of its region. */
  private static String stsHost(CliProfile p) {
    String named = p.get("sts_endpoint").replaceFirst("^https?://", "").replaceFirst("/$", "");
    if (named.isEmpty()) {
      String host = Endpoints.sts(stsRegion(p));
      return p.isInVpc() ? Endpoints.vpc("sts", stsRegion(p), host) : host;
    }
    if (!HOST.matcher(named).matches()) {
      throw p.refusal("its sts_endpoint is not a host name");
    }
    return named;
  }

  private static String stsRegion(CliProfile p) {
    String region = p.get("sts_region").isEmpty() ? p.get("region_id") : p.get("sts_region");
    return Endpoints.checkedRegion(region.isEmpty() ? "cn-hangzhou" : region);
  }

  private Problem failed(CliProfile p, CallFailureException t) {
    if (t.reason() == FailureReason.INTERRUPTED || t.reason() == FailureReason.INTERRUPTED_BEFORE) {
      return interrupted();
    }
    if (t.reason() != FailureReason.ERROR_CODE) {
      // The keys may be good; and without them the call itself was certainly not sent.
      return Problem.of(
          Problem.Kind.UNREACHABLE,
          "cannot get the credentials of profile " + p.name(),
          "no usable answer from "
              + t.host()
              + ": "
              + t.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          p.mode().equals("EcsRamRole")
              ? "use it on an ECS instance, or use another profile"
              : "check the network and the proxy settings, then try again");
    }
    return failed(p, t.error().code())
        .from(
            CallFailureMapper.clean(t.error().code()),
            CallFailureMapper.clean(t.error().requestId()));
  }

  private Problem interrupted() {
    return Problem.of(
        Problem.Kind.INTERRUPTED,
        "did not get the credentials of profile " + name,
        "interrupted before anything was sent",
        "try again");
  }

  private Problem silent() {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "cannot get the credentials of profile " + name,
        "the credentials source did not answer within " + LONGEST.toSeconds() + " s",
        "aliyun sts GetCallerIdentity --profile " + name);
  }

  private static Problem failed(CliProfile p, @Nullable String code) {
    String shown = CallFailureMapper.clean(code);
    return Problem.of(
        Problem.Kind.CREDENTIALS,
        "cannot get the credentials of profile " + p.name(),
        "mode " + p.mode() + " did not give any" + (shown.isEmpty() ? "" : ": " + shown),
        "aliyun sts GetCallerIdentity --profile " + p.name());
  }
}
