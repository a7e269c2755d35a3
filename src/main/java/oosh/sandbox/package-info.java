/**
 * The other side: a local OOS, ESS and ECS Cloud Assistant over HTTP. It imports nothing of ours,
 * so that client and emulator cannot share a misunderstanding; they meet on the wire only.
 *
 * <table>
 * <caption>How far it goes</caption>
 * <tr><td>emulated</td><td>signatures V1 and V3; the play of the public template
 * ACS-ESS-RollingUpdateByRunCommandInScalingGroup with its tasks, pauses and leftovers; scaling
 * groups, Standby, protection, suspended processes; scripts, in a jail</td></tr>
 * <tr><td>not emulated</td><td>other templates, template text, Debug mode, roles and permissions,
 * XML, scaling activities, Windows</td></tr>
 * <tr><td>assumed</td><td>marked "assumed" where it stands: the batch pause's words and its
 * NotifyType, rounding of batches, siblings of a failed instance, several error codes, that
 * defaulted parameters are kept</td></tr>
 * </table>
 *
 * <p>Read first: {@code Sandbox}, {@code Gateway}, {@code RollingUpdate}, {@code InstanceUpdate}.
 */
@NullMarked
package oosh.sandbox;

import org.jspecify.annotations.NullMarked;
