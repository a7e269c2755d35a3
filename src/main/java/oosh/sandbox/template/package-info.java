/**
 * The templates of OOS ({@link oosh.sandbox.template.EmulatedTemplate}), and what they need. {@link
 * oosh.sandbox.template.PublicTemplates} reads the vendor's six and {@link
 * oosh.sandbox.template.InstanceActions} the actions that these call for each instance ({@link
 * oosh.sandbox.template.InstanceAction}); {@link oosh.sandbox.template.CustomTemplate} reads those
 * that a caller has sent, with {@link oosh.sandbox.template.RateControl}, {@link
 * oosh.sandbox.template.RetryDelays} and {@link oosh.sandbox.template.PropertySelector}. All
 * declare {@link oosh.sandbox.template.DeclaredParameters} and refer to them by {@link
 * oosh.sandbox.template.TemplateReferences}. {@link oosh.sandbox.template.TemplateStore} finds them
 * by name; {@link oosh.sandbox.template.RolePermissions} tells which rights their tasks need.
 */
@NullMarked
package oosh.sandbox.template;

import org.jspecify.annotations.NullMarked;
