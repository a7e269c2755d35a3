/**
 * Notices on their way: the file that names their receivers, and the calls to them.
 *
 * <p>Knows the language, JSON, which files of a user's count, and how this machine reaches others
 * ({@code HttpClients}). What it says of a call repeats neither an address nor a secret.
 *
 * <p>Read first: {@code HttpNoticeSender}, {@code NoticeBody}.
 *
 * <p>Offers {@code HttpNoticeSender} and {@code NoticeFile}.
 */
@NullMarked
package oosh.notify;

import org.jspecify.annotations.NullMarked;
