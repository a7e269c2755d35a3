/**
 * What OOS, ESS, ECS, load balancers and CloudMonitor are asked and what they answer: the ports to
 * them, and their values. The port's user never sees a request or JSON.
 *
 * <p>Offers {@code CallerIdentity}, {@code Catalogue}, {@code CatalogueItem}, {@code
 * CatalogueList}, {@code Cloud}, {@code CommandOutput}, {@code Counters}, {@code Execution}, {@code
 * ExecutionStatus}, {@code Executions}, {@code GroupInstance}, {@code Inventory}, {@code LogLine},
 * {@code NotifyType}, {@code OriginTags}, {@code Profile}, {@code Profiles}, {@code
 * ScalingActivity}, {@code ScalingGroup}, {@code ScalingGroups}, {@code ScalingProcess}, {@code
 * StartRequest}, {@code TaskExecution}, {@code Template}, {@code TemplateParameter}, {@code
 * TrafficHealth}.
 */
@NullMarked
package oosh.rollout.cloud;

import org.jspecify.annotations.NullMarked;
