/**
 * A local OOS, ESS and ECS Cloud Assistant over HTTP. It imports nothing of oosh's other rooms, so
 * that client and sandbox cannot share a misunderstanding; they meet on the wire only. It offers
 * {@link oosh.sandbox.Sandbox} with its {@link oosh.sandbox.SandboxOptions} and, as a process,
 * {@link oosh.sandbox.SandboxMain}; of its rooms also the credentials of a caller and the folders
 * for temporary files.
 *
 * <table>
 * <caption>How far it goes</caption>
 * <tr><td>emulated</td><td>signatures V1 and V3; executions of the six public templates for rolling
 * updates with their tasks, pauses and leftovers; templates of the caller; scaling groups of
 * instances and of container groups, Standby, protection, suspended processes, images, packages;
 * scripts, in a jail</td></tr>
 * <tr><td>simulated</td><td>what would come from a network: a package is noted down, a downloaded
 * file is a stand-in with one line</td></tr>
 * <tr><td>not emulated</td><td>other templates, most of the template language, Debug mode, XML,
 * scaling activities, launch templates, user data, Windows</td></tr>
 * <tr><td>assumed</td><td>marked "assumed" where it is: the batch pause's words,
 * rounding of batches, siblings of a failed instance, several error codes, that
 * defaulted parameters are kept, that an action which an action calls is an execution below
 * it</td></tr>
 * </table>
 *
 * <p>The rooms, each of which knows only rooms before it: {@code api} and {@code jail}, {@code
 * state}, {@code ess} and {@code ecs}, {@code template}, {@code play}, {@code oos}, {@code http}.
 * The actions of the APIs, the templates and the seed are resources below {@code oosh/sandbox}.
 */
@NullMarked
package oosh.sandbox;

import org.jspecify.annotations.NullMarked;
