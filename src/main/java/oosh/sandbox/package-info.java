/**
 * The other side: a local OOS, ESS and ECS Cloud Assistant over HTTP. It imports nothing of ours,
 * so that client and emulator cannot share a misunderstanding; they meet on the wire only.
 *
 * <table>
 * <caption>How far it goes</caption>
 * <tr><td>emulated</td><td>signatures V1 and V3; the plays of the six public templates for rolling
 * updates with their tasks, pauses and leftovers; templates of one's own; scaling groups of
 * instances and of container groups, Standby, protection, suspended processes, images, packages;
 * scripts, in a jail</td></tr>
 * <tr><td>simulated</td><td>what would come from a network: a package is noted down, a downloaded
 * file is a stand-in with one line</td></tr>
 * <tr><td>not emulated</td><td>other templates, most of the template language, Debug mode, XML,
 * scaling activities, launch templates, user data, Windows</td></tr>
 * <tr><td>assumed</td><td>marked "assumed" where it stands: the batch pause's words,
 * rounding of batches, siblings of a failed instance, several error codes, that
 * defaulted parameters are kept, that an action which an action calls is an execution below
 * it</td></tr>
 * </table>
 *
 * <p>Read first: {@code Sandbox}, {@code Gateway}, {@code PublicTemplates}, {@code RollingUpdate},
 * {@code InstanceActions}, {@code InstanceUpdate}.
 */
@NullMarked
package oosh.sandbox;

import org.jspecify.annotations.NullMarked;
