/**
 * The cloud: the one door to Alibaba Cloud's SDK. Requests go out, records of the language come in.
 *
 * <p>The SDK builds and signs the requests; everything else is done here, because the SDK's own
 * transport and parser cannot be trusted with a launch: plain HTTP unless told otherwise, no way to
 * interrupt it, a JSON reader that loses backslashes, exceptions that quote signed URLs. So {@code
 * HttpTransport} carries the bytes, {@code oosh.json} reads them, and {@code CallFailureMapper} is
 * the one table that says what a failure means: refused, certainly not executed, or unknown.
 *
 * <p>Credentials are read, never written, and never leave this room in a message.
 *
 * <p>Read first: {@code AliyunProfiles}, {@code RpcClient}, {@code CallFailureMapper}.
 *
 * <p>Offers {@code LocalService}, {@code HttpClients} and {@code BoundedBodySubscriber}; to {@code
 * oosh.aliyun.signin} {@code JsonFields} and {@code CallFailureMapper}.
 */
@NullMarked
package oosh.aliyun;

import org.jspecify.annotations.NullMarked;
