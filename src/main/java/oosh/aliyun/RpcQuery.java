package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one service by the names of its API: the SDK's jars that are here have classes for
 * some of them only.
 */
final class RpcQuery {
  private static final Duration READ = Duration.ofSeconds(10);

  private final RpcClient caller;
  private final String product;
  private final String version;
  private final String host;

  /**
   * @param product as the SDK calls it: {@code CloudAssistantClient}
   * @param version of its API
   */
  RpcQuery(RpcClient caller, String product, String version, String host) {
    this.caller = caller;
    this.product = product;
    this.version = version;
    this.host = host;
  }

  /** One answer. */
  <T> T ask(
      String action,
      String doing,
      Map<String, String> parameters,
      RpcClient.ResponseParser<T> reading) {
    return caller.call(
        CallFailureMapper.CallDescription.reading(
            product.toLowerCase(Locale.ROOT) + ":" + action, doing),
        host,
        READ,
        () -> request(action, parameters),
        reading);
  }

  private AcsRequest<?> request(String action, Map<String, String> parameters) {
    CommonRequest request = new CommonRequest();
    request.setSysProduct(product);
    request.setSysVersion(version);
    request.setSysAction(action);
    parameters.forEach(request::putQueryParameter);
    return request.buildRequest();
  }

  /**
   * A list in pages with numbers, as ECS and ESS have it, wrapped: {@code Images.Image[]}.
   *
   * @param size of a page
   * @param most this many are enough
   */
  List<JsonObject> readByPageNumber(
      String action,
      String doing,
      Map<String, String> parameters,
      String list,
      String element,
      int size,
      int most) {
    List<JsonObject> all = new ArrayList<>();
    for (int page = 1; all.size() < most; page++) {
      Map<String, String> asked = new HashMap<>(parameters);
      asked.put("PageNumber", String.valueOf(page));
      asked.put("PageSize", String.valueOf(size));
      int before = all.size();
      int total =
          ask(
              action,
              doing,
              asked,
              answer -> {
                all.addAll(objects(JsonFields.objectIn(answer, list), element));
                return JsonFields.number(answer, "TotalCount");
              });
      if (all.size() >= total || all.size() == before) {
        break;
      }
    }
    return all.size() > most ? all.subList(0, most) : all;
  }

  /** A list in pages that name the next one, as OOS has it, bare; a token seen before ends it. */
  List<JsonObject> readByNextToken(
      String action,
      String doing,
      Map<String, String> parameters,
      String list,
      int size,
      int most) {
    List<JsonObject> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = "";
    while (all.size() < most && seen.add(token)) {
      Map<String, String> asked = new HashMap<>(parameters);
      asked.put("MaxResults", String.valueOf(size));
      if (!token.isEmpty()) {
        asked.put("NextToken", token);
      }
      token =
          ask(
              action,
              doing,
              asked,
              answer -> {
                all.addAll(objects(answer, list));
                return JsonFields.text(answer, "NextToken");
              });
      if (token.isEmpty()) {
        break;
      }
    }
    return all.size() > most ? all.subList(0, most) : all;
  }

  /**
   * The objects of a list.
   *
   * @throws CallFailureException BAD_SHAPE if it is none
   */
  List<JsonObject> objects(JsonObject in, String list) {
    @Nullable List<JsonObject> objects = JsonFields.objects(in.get(list));
    if (objects == null) {
      throw CallFailureException.of(CallFailureException.FailureReason.BAD_SHAPE, host, 200);
    }
    return objects;
  }
}
