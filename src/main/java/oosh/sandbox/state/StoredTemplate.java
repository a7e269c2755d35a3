package oosh.sandbox.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template or package that OOS keeps under a name, with its versions, the oldest first. */
public final class StoredTemplate {
  public static final String AUTOMATION = "Automation";
  public static final String PACKAGE = "Package";
  static final String PUBLIC = "Public";
  public static final String PRIVATE = "Private";

  /**
   * The caller of this sandbox, in the shape that the vendor's examples show; the number is made
   * up.
   */
  public static final String CALLER = "root(1000000000000000)";

  /** The only version of each of the vendor's templates here. */
  public static final String FIRST = "v1";

  /** One version; its content is in JSON or in YAML. */
  public static final class StoredTemplateVersion {
    public String version = "";
    public String versionName = "";
    public String description = "";
    public String content = "";
    public long updatedAt;
  }

  public String name = "";
  public String type = AUTOMATION;
  public String share = PUBLIC;

  /** Where a private one can be seen; "" for everywhere. */
  public String regionId = "";

  public String createdBy = "ACS";
  public long createdAt;
  public Map<String, String> tags = new LinkedHashMap<>();
  public List<StoredTemplateVersion> versions = new ArrayList<>();

  public StoredTemplateVersion latest() {
    return versions.get(versions.size() - 1);
  }

  public void add(String content, String versionName, String description, long now) {
    StoredTemplateVersion version = new StoredTemplateVersion();
    version.version = "v" + (versions.size() + 1);
    version.versionName = versionName;
    version.description = description;
    version.content = content;
    version.updatedAt = now;
    versions.add(version);
  }
}
