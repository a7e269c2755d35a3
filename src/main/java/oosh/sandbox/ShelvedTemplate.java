package oosh.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template or package that OOS keeps under a name, with its versions, the oldest first. */
final class ShelvedTemplate {
  static final String AUTOMATION = "Automation";
  static final String PACKAGE = "Package";
  static final String PUBLIC = "Public";
  static final String PRIVATE = "Private";

  /**
   * The caller of this sandbox, in the shape that the vendor's examples show; the number is made
   * up.
   */
  static final String CALLER = "root(1000000000000000)";

  /** The only version of each of the vendor's templates here. */
  static final String FIRST = "v1";

  /** One version; its content is in JSON or in YAML. */
  static final class Version {
    String version = "";
    String versionName = "";
    String description = "";
    String content = "";
    long updatedAt;
  }

  String name = "";
  String type = AUTOMATION;
  String share = PUBLIC;

  /** Where a private one can be seen; "" for everywhere. */
  String regionId = "";

  String createdBy = "ACS";
  long createdAt;
  Map<String, String> tags = new LinkedHashMap<>();
  List<Version> versions = new ArrayList<>();

  static String id(String name) {
    return "t-" + Sha256.hex(name).substring(0, 16);
  }

  Version latest() {
    return versions.get(versions.size() - 1);
  }

  void add(String content, String versionName, String description, long now) {
    Version version = new Version();
    version.version = "v" + (versions.size() + 1);
    version.versionName = versionName;
    version.description = description;
    version.content = content;
    version.updatedAt = now;
    versions.add(version);
  }
}
