package oosh.sandbox.oos;

import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.CustomTemplate;

/** A version of a template with what OOS answers of it besides its own fields. */
record TemplateItem(StoredTemplate template, StoredTemplate.StoredTemplateVersion version) {
  String format() {
    return CustomTemplate.format(version.content);
  }
}
