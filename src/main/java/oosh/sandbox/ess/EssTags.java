package oosh.sandbox.ess;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.SandboxState;

/**
 * The tags of scaling groups (source: ESS help, "ListTagResources", 2026-09). Assumed: a group that
 * is found is listed with all its tags, and a page has 50.
 */
final class EssTags {
  private static final int PAGE = 50;

  private final SandboxState state;

  EssTags(SandboxState state) {
    this.state = state;
  }

  record TagItem(String id, String key, String value) {}

  JsonObject list(ApiCall call) {
    List<String> ids = call.list("ResourceId");
    Collection<Map<String, String>> wanted = call.objects("Tag");
    if (ids.isEmpty() && wanted.isEmpty()) {
      throw ApiException.missing("ResourceId");
    }
    if (wanted.stream().anyMatch(tag -> tag.getOrDefault("Key", "").isEmpty())) {
      throw ApiException.missing("TagKey");
    }
    List<TagItem> all =
        state.groups.values().stream()
            .filter(group -> group.regionId.equals(call.region()))
            .filter(group -> ids.isEmpty() || ids.contains(group.id))
            .filter(group -> wanted.stream().allMatch(tag -> has(group, tag)))
            .flatMap(EssTags::items)
            .toList();
    int from = from(call, all.size());
    int to = Math.min(all.size(), from + PAGE);
    JsonObject answer =
        call.array("TagResources.TagResource", "TagResource", all.subList(from, to));
    answer.addProperty("NextToken", to < all.size() ? "from-" + to : "");
    return answer;
  }

  /** A key alone fits any value. */
  private static boolean has(EmulatedGroup group, Map<String, String> tag) {
    String value = group.tags.get(tag.get("Key"));
    return value != null && Objects.equals(value, tag.getOrDefault("Value", value));
  }

  private static Stream<TagItem> items(EmulatedGroup group) {
    return group.tags.entrySet().stream()
        .map(tag -> new TagItem(group.id, tag.getKey(), tag.getValue()));
  }

  private static int from(ApiCall call, int most) {
    String token = call.get("NextToken", "from-0");
    int from = token.matches("from-\\d{1,6}") ? Integer.parseInt(token.substring(5)) : most + 1;
    if (from > most) {
      throw ApiException.invalid("The parameter \"NextToken\" is not valid.");
    }
    return from;
  }
}
