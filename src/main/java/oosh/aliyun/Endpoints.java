package oosh.aliyun;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oosh.aliyun.signin.CliEnvironment;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which host answers for which service in which region: a table of our own, since the SDK's
 * resolver mixes services up under load and sends some regions to ESS's central host that have
 * their own (source: the public endpoint lists of OOS and ESS, 2026).
 */
final class Endpoints {
  /** Sends every call of every profile to one place, for tests and emulators. */
  static final String OVERRIDE = CliEnvironment.OVERRIDE;

  /** Regions with an OOS endpoint (source: aliyun/aliyun-openapi-meta, 2026-04). */
  static final List<String> REGIONS =
      words(
          """
          ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3
          ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-southeast-8 cn-beijing
          cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hangzhou cn-hangzhou-finance
          cn-heyuan cn-heyuan-acdr-1 cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai
          cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wuhan-lr cn-wulanchabu
          cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1
          us-east-1 us-southeast-1 us-west-1""");

  /** Regions that ESS serves from its central host; the last four are in the SDK's table only. */
  private static final List<String> CENTRAL_ESS =
      words(
          """
          cn-qingdao cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-nanjing
          cn-hangzhou-finance cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-north-2-gov-1""");

  private static final List<String> CENTRAL_SLB =
      words(
          """
          cn-hangzhou cn-hongkong us-east-1 us-west-1 cn-hangzhou-finance cn-shanghai-finance-1
          cn-shenzhen-finance-1 cn-north-2-gov-1""");

  private Endpoints() {}

  private static List<String> words(String text) {
    return List.of(text.split("\\s+", -1));
  }

  static String oos(String region) {
    return "oos." + region + ".aliyuncs.com";
  }

  static String ess(String region) {
    return CENTRAL_ESS.contains(region) ? "ess.aliyuncs.com" : "ess." + region + ".aliyuncs.com";
  }

  /** Source: ECS's SDK for Java and aliyun/aliyun-openapi-meta, 2026-04. */
  static String ecs(String region) {
    return switch (region) {
      case "cn-hangzhou", "cn-shanghai-finance-1", "cn-shenzhen-finance-1" ->
          "ecs-cn-hangzhou.aliyuncs.com";
      case "cn-hangzhou-finance", "cn-north-2-gov-1" -> "ecs.aliyuncs.com";
      default -> "ecs." + region + ".aliyuncs.com";
    };
  }

  /**
   * SLB serves some regions from its central host, by its SDK for Go, 2025-12. Of those, the help's
   * newer list (2025-02) gives cn-qingdao, cn-beijing, cn-shanghai, cn-shenzhen and ap-southeast-1
   * hosts of their own.
   */
  static String slb(String region) {
    return CENTRAL_SLB.contains(region) ? "slb.aliyuncs.com" : "slb." + region + ".aliyuncs.com";
  }

  /** Source: ALB help, "Endpoints", and ALB's SDK for Go, 2026-01, "regional". */
  static String alb(String region) {
    return "alb." + region + ".aliyuncs.com";
  }

  /** Source: aliyun/aliyun-openapi-meta, 2026-04, and NLB's SDK for Go, 2025-04, "regional". */
  static String nlb(String region) {
    return "nlb." + region + ".aliyuncs.com";
  }

  /** Source: CloudMonitor help, "Endpoints", 2024-11, and its SDK for Go, 2026-01. */
  static String cms(String region) {
    return "metrics." + region + ".aliyuncs.com";
  }

  /** RAM answers for all regions in one place (source: the SDKs of RAM 2015-05-01, "central"). */
  static final String RAM = "ram.aliyuncs.com";

  /** Regions where a service has no host within the vendor's network; OOS has one in each. */
  private static final Map<String, List<String>> WITHOUT_VPC_HOST =
      Map.of(
          "ess", words("ap-southeast-8 cn-beijing-finance-1 cn-hangzhou-finance"),
          "ecs", words("cn-hangzhou-finance"),
          "slb", words("ap-southeast-8 cn-hangzhou-finance us-southeast-1"),
          "alb", words("ap-southeast-8 cn-hangzhou-finance cn-huhehaote"),
          "nlb",
              words(
                  """
                  ap-southeast-2 ap-southeast-8 cn-hangzhou-finance cn-huhehaote us-southeast-1"""),
          "metrics", words("ap-southeast-8"),
          "sts",
              words(
                  """
                  ap-south-1 ap-southeast-2 ap-southeast-6 ap-southeast-8 cn-hangzhou-finance
                  cn-heyuan-acdr-1 cn-zhengzhou-jva us-southeast-1"""),
          "ram",
              words(
                  """
                  ap-northeast-2 ap-south-1 ap-southeast-2 ap-southeast-6 ap-southeast-7
                  ap-southeast-8 cn-beijing-finance-1 cn-fuzhou cn-guangzhou cn-hangzhou-finance
                  cn-heyuan cn-heyuan-acdr-1 cn-nanjing cn-wuhan-lr cn-wulanchabu cn-zhengzhou-jva
                  me-central-1 me-east-1 na-south-1 us-southeast-1"""));

  /**
   * The host within the vendor's network, which has no way to the internet; where a service has
   * none there, its public host, as in the CLI (source: aliyun/aliyun-openapi-meta, 2026-04).
   *
   * @param service as its public host begins
   */
  static String vpc(String service, String region, String publicHost) {
    if (!REGIONS.contains(region)
        || WITHOUT_VPC_HOST.getOrDefault(service, List.of()).contains(region)) {
      return publicHost;
    }
    return service.equals("ram")
        ? "ram.vpc-proxy.aliyuncs.com"
        : service + "-vpc." + region + ".aliyuncs.com";
  }

  static String sts(String region) {
    return "sts." + region + ".aliyuncs.com";
  }

  /**
   * The region, if it may stand in a host name: the SDK throws a bare RuntimeException otherwise.
   *
   * @throws Problem USAGE if it may not
   */
  static String checkedRegion(String region) {
    if (!region.matches("[a-zA-Z0-9_-]{1,64}")) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(region) + "\" is not a valid region",
          "a region's id has letters, digits and hyphens",
          "use region cn-hangzhou");
    }
    return region;
  }

  /**
   * What {@link #OVERRIDE} says.
   *
   * @throws Problem USAGE if it is not a valid address, or plain HTTP to another machine
   */
  static @Nullable URI override(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String what = "cannot use " + OVERRIDE;
    String next = "export " + OVERRIDE + "=http://127.0.0.1:8080, or unset " + OVERRIDE;
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw Problem.usage(what, "it is not a valid address", next);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw Problem.usage(what, "it is not an http or https address", next);
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || !(uri.getRawPath() == null || uri.getRawPath().matches("/?"))) {
      throw Problem.usage(what, "it has more than a host and a port", next);
    }
    if (scheme.equals("http") && !isLoopback(uri.getHost())) {
      throw Problem.usage(what, "plain http is for this machine only", next);
    }
    return uri;
  }

  /** Whether the host is this machine, by its spelling: no name is looked up. */
  static boolean isLoopback(String host) {
    String h = host.toLowerCase(Locale.ROOT);
    return h.equals("localhost")
        || h.equals("[::1]")
        || h.equals("::1")
        || h.matches("127(\\.\\d{1,3}){3}");
  }
}
