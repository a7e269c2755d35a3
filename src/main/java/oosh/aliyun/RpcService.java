package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.http.MethodType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.CallFailureException.ServiceError;
import oosh.aliyun.CallFailureMapper.CallDescription;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A service in the caller's region: calls by the names of its API, and lists in pages. Parameters
 * are given by name, but for the few calls that are made with a request class of the SDK.
 */
final class RpcService {
  /** The largest page of OOS's lists (source: the API reference). */
  static final int TOKEN_PAGE = 100;

  /** The least MaxResults of OOS's lists (source: the API reference of ListExecutions). */
  static final int MIN_PAGE = 10;

  /** A list whose pages do not end is given up here: 20,000 entries. */
  private static final int MAX_PAGES = 400;

  /** For all pages of a list together; each page has a deadline of its own. */
  private static final Duration WHOLE_LIST = Duration.ofMinutes(5);

  static final Duration READ = Duration.ofSeconds(10);

  /** ExitStandby waits for load balancers unless it is asked not to (assumed: within this). */
  static final Duration CHANGE = Duration.ofSeconds(30);

  /** What the id of a resource is made of (assumed: none with more is known). */
  static final String ID = "[A-Za-z0-9._#-]{1,128}";

  /**
   * How a service pages its lists.
   *
   * @param next the parameter that asks for a page
   * @param size the parameter for its size; "" where there is none
   * @param total the field that counts all entries; "" where the answer's field {@code next} names
   *     the next page
   * @param largest page
   */
  private record Paging(String next, String size, String total, int largest) {
    static final Paging BY_TOKEN = new Paging("NextToken", "MaxResults", "", TOKEN_PAGE);

    /** The largest page of ESS, and of ECS in its older documents; newer ones say 100. */
    static final Paging BY_NUMBER = new Paging("PageNumber", "PageSize", "TotalCount", 50);

    /** Of an action that says itself how much a page has. */
    static final Paging BY_TOKEN_ALONE = new Paging("NextToken", "", "", TOKEN_PAGE);

    /** Source: CloudMonitor's SDK for Go, 2026-01; a largest page is not documented. */
    static final Paging OF_ALARMS = new Paging("Page", "PageSize", "Total", 50);

    boolean byToken() {
      return total.isEmpty();
    }
  }

  private final RpcClient caller;
  private final String product;
  private final String version;
  private final String host;
  private final Paging paging;

  /**
   * @param product as the SDK names it
   * @param version of the API
   */
  private RpcService(RpcClient caller, String product, String version, String host, Paging paging) {
    this.caller = caller;
    this.product = product;
    this.version = version;
    this.host = host;
    this.paging = paging;
  }

  static RpcService oos(RpcClient caller) {
    return new RpcService(
        caller,
        "oos",
        "2019-06-01",
        caller.host("oos", Endpoints.oos(caller.region())),
        Paging.BY_TOKEN);
  }

  static RpcService ess(RpcClient caller) {
    return ess(caller, Paging.BY_NUMBER);
  }

  /** ESS for the actions that page their lists by a token (source: ESS help, 2026-09). */
  static RpcService essByToken(RpcClient caller) {
    return ess(caller, Paging.BY_TOKEN_ALONE);
  }

  private static RpcService ess(RpcClient caller, Paging paging) {
    String host = caller.host("ess", Endpoints.ess(caller.region()));
    return new RpcService(caller, "Ess", "2014-08-28", host, paging);
  }

  static RpcService ecs(RpcClient caller) {
    return new RpcService(
        caller,
        "Ecs",
        "2014-05-26",
        caller.host("ecs", Endpoints.ecs(caller.region())),
        Paging.BY_NUMBER);
  }

  static RpcService ram(RpcClient caller) {
    return new RpcService(
        caller, "Ram", "2015-05-01", caller.host("ram", Endpoints.RAM), Paging.BY_NUMBER);
  }

  static RpcService sts(RpcClient caller) {
    return new RpcService(
        caller,
        "Sts",
        "2015-04-01",
        caller.host("sts", Endpoints.sts(caller.region())),
        Paging.BY_TOKEN);
  }

  static RpcService slb(RpcClient caller) {
    String host = caller.host("slb", Endpoints.slb(caller.region()));
    return new RpcService(caller, "Slb", "2014-05-15", host, Paging.BY_NUMBER);
  }

  static RpcService alb(RpcClient caller) {
    String host = caller.host("alb", Endpoints.alb(caller.region()));
    return new RpcService(caller, "Alb", "2020-06-16", host, Paging.BY_TOKEN);
  }

  static RpcService nlb(RpcClient caller) {
    String host = caller.host("nlb", Endpoints.nlb(caller.region()));
    return new RpcService(caller, "Nlb", "2022-04-30", host, Paging.BY_TOKEN);
  }

  static RpcService cms(RpcClient caller) {
    String host = caller.host("metrics", Endpoints.cms(caller.region()));
    return new RpcService(caller, "Cms", "2019-01-01", host, Paging.OF_ALARMS);
  }

  /**
   * A call that changes nothing.
   *
   * @param doing what a person wanted, for a message: {@code list the images}
   */
  <T> T read(
      String action,
      String doing,
      Supplier<? extends AcsRequest<?>> request,
      Function<JsonObject, T> parser) {
    return caller.call(CallDescription.reading(right(action), doing), host, READ, request, parser);
  }

  <T> T read(
      String action, String doing, Map<String, String> parameters, Function<JsonObject, T> parser) {
    return read(action, doing, () -> request(action, parameters), parser);
  }

  /**
   * A call that changes something. It is sent once.
   *
   * @param next what to do when it is not known whether the call was executed
   */
  <T> T change(
      String action,
      String doing,
      String next,
      Duration deadline,
      Supplier<? extends AcsRequest<?>> request,
      Function<JsonObject, T> parser) {
    return caller.call(
        new CallDescription(right(action), doing, true, next), host, deadline, request, parser);
  }

  /** A change whose answer says no more than that it was made. */
  void change(
      String action, String doing, String next, Duration deadline, Map<String, String> parameters) {
    JsonObject unused =
        change(action, doing, next, deadline, () -> request(action, parameters), answer -> answer);
  }

  /** A change that may be done again without harm, but only after a look. */
  void change(String action, String doing, Map<String, String> parameters) {
    change(action, doing, "doctor, then heal", CHANGE, parameters);
  }

  private String right(String action) {
    return product.toLowerCase(Locale.ROOT) + ":" + action;
  }

  /** By POST, as the SDK's own classes: what JDK and gateways send again by themselves is a GET. */
  private AcsRequest<?> request(String action, Map<String, String> parameters) {
    CommonRequest request = new CommonRequest();
    request.setSysMethod(MethodType.POST);
    request.setSysProduct(product);
    request.setSysVersion(version);
    request.setSysAction(action);
    parameters.forEach(request::putQueryParameter);
    return request.buildRequest();
  }

  /**
   * A list, read page by page.
   *
   * @param list where the list stands in the answer: {@code Images.Image}
   * @param parser of an entry
   * @param limit so many entries are enough
   */
  <T> List<T> list(
      String action,
      String doing,
      Map<String, String> parameters,
      String list,
      Function<JsonObject, T> parser,
      int limit) {
    int size =
        paging.byToken() ? Math.min(paging.largest(), Math.max(MIN_PAGE, limit)) : paging.largest();
    return pages(
        action,
        doing,
        parameters,
        size,
        answer -> objects(answer, list).stream().map(parser).toList(),
        limit);
  }

  /**
   * What the pages of an answer hold.
   *
   * @param size of a page
   * @param parser of a page
   * @param limit so many entries are enough
   */
  <T> List<T> pages(
      String action,
      String doing,
      Map<String, String> parameters,
      int size,
      Function<JsonObject, List<T>> parser,
      int limit) {
    List<T> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Instant end = caller.now().plus(WHOLE_LIST);
    String page = paging.byToken() ? "" : "1";
    while (seen.size() < MAX_PAGES && seen.add(page)) {
      String asked = page;
      page =
          read(
              action,
              doing,
              ofPage(parameters, page, size),
              answer -> {
                List<T> read = parser.apply(answer);
                entries.addAll(read);
                return paging.byToken()
                    ? JsonFields.text(answer, paging.next())
                    : read.isEmpty() || entries.size() >= JsonFields.number(answer, paging.total())
                        ? ""
                        : String.valueOf(Integer.parseInt(asked) + 1);
              });
      if (page.isEmpty() || entries.size() >= limit) {
        return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
      }
      if (caller.now().isAfter(end)) {
        throw unreachable(
            doing,
            "the service has listed " + entries.size() + " entries in five minutes, but not all",
            "try again when the service or the network is faster");
      }
    }
    throw unreachable(doing, "the service's pages repeat", "try again in a minute");
  }

  private Map<String, String> ofPage(Map<String, String> parameters, String page, int size) {
    Map<String, String> asked = new HashMap<>(parameters);
    if (!page.isEmpty()) {
      asked.put(paging.next(), page);
    }
    if (!paging.size().isEmpty()) {
      asked.put(paging.size(), String.valueOf(size));
    }
    return asked;
  }

  /** A parameter that is a list: its values are sent as NAME.1, NAME.2, … */
  static Map<String, String> numbered(String name, List<String> values) {
    return IntStream.range(0, values.size())
        .boxed()
        .collect(Collectors.toMap(i -> name + "." + (i + 1), values::get));
  }

  /** The values in parts of so many at most, as a call takes them. */
  static List<List<String>> parts(Collection<String> values, int size) {
    List<String> all = List.copyOf(values);
    return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
        .mapToObj(from -> all.subList(from, Math.min(all.size(), from + size)))
        .toList();
  }

  private static Problem unreachable(String doing, String why, String next) {
    return Problem.of(Problem.Kind.UNREACHABLE, "cannot " + doing, why, next);
  }

  /**
   * The objects of a list.
   *
   * @param path of the list in the answer: {@code Images.Image}
   * @throws CallFailureException BAD_SHAPE if there is no such list
   */
  List<JsonObject> objects(JsonObject answer, String path) {
    JsonElement list = answer;
    for (String name : path.split("\\.", -1)) {
      list = list instanceof JsonObject o ? o.get(name) : null;
    }
    return JsonFields.objects(list).orElseThrow(this::badShape);
  }

  /**
   * The objects of a list that may be missing.
   *
   * @throws CallFailureException BAD_SHAPE if something else stands there
   */
  List<JsonObject> objectsIfAny(@Nullable JsonElement list) {
    return list == null || list.isJsonNull()
        ? List.of()
        : JsonFields.objects(list).orElseThrow(this::badShape);
  }

  /**
   * An id of a resource. It goes to the screen, into the journal and into the next call.
   *
   * @throws CallFailureException BAD_SHAPE if the field is missing, or no id
   */
  String id(JsonObject o, String name) {
    return id(JsonFields.text(o, name), ID);
  }

  /**
   * @param shape a pattern of what the id is made of
   */
  String id(String id, String shape) {
    if (!id.matches(shape)) {
      throw badShape();
    }
    return id;
  }

  /** An error that the service answers with HTTP 200. */
  CallFailureException refusal(String code, String message) {
    return new CallFailureException(
        FailureReason.ERROR_CODE, host, 200, new ServiceError(code, message, null, null));
  }

  CallFailureException badShape() {
    return CallFailureException.of(FailureReason.BAD_SHAPE, host, 200);
  }

  String host() {
    return host;
  }
}
