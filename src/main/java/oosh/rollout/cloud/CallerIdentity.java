package oosh.rollout.cloud;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as STS tells it, and how long the keys last.
 *
 * @param account its number
 * @param arn of the principal: {@code acs:ram::1000000000000000:user/alice}
 * @param type the vendor's word: Account, RAMUser or AssumedRoleUser
 * @param principalId the vendor's id of the principal
 * @param temporary whether the keys expire by themselves
 * @param expires when they do; null if they do not, or nobody has said when
 */
public record CallerIdentity(
    String account,
    String arn,
    String type,
    String principalId,
    boolean temporary,
    @Nullable Instant expires) {}
