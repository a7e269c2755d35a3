/**
 * What the vendor's CLI keeps and reads for signing in: its file, its variables, its profiles and
 * the programs that they name. Nothing here makes a call; {@code ProfileCredentials} does.
 *
 * <p>Read first: {@link CliProfile}.
 *
 * <p>Offers {@code CliConfig}, {@code CliEnvironment}, {@code CliProfile} and {@code
 * ProcessCommand}.
 */
@NullMarked
package oosh.aliyun.signin;

import org.jspecify.annotations.NullMarked;
