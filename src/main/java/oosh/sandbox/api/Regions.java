package oosh.sandbox.api;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The regions of the sandbox that have scaling groups, with their names. */
public final class Regions {
  public static final SortedMap<String, String> ALL =
      new TreeMap<>(Map.of("cn-hangzhou", "China (Hangzhou)", "ap-southeast-1", "Singapore"));

  private Regions() {}
}
