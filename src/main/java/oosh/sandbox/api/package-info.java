/**
 * What a call of the vendor's APIs is. {@link oosh.sandbox.api.ApiActions} joins the tables {@code
 * actions/PRODUCT.json} and what carries out each action ({@link oosh.sandbox.api.ApiAction}),
 * under the lock of {@link oosh.sandbox.api.StateAccess}. A row of a table says what an action
 * takes, and how the items of a list are filtered, sorted and written; a shape of a table says from
 * which values an object of an answer is made. {@link oosh.sandbox.api.ApiCall} is a call whose
 * parameters are checked; {@link oosh.sandbox.api.ApiException} is a refusal, with a code of {@code
 * actions/errors.json}.
 *
 * <p>It also offers what all rooms write with: {@link oosh.sandbox.api.WireJson}, {@link
 * oosh.sandbox.api.VendorTimes}, {@link oosh.sandbox.api.Sha256}, {@link oosh.sandbox.api.Regions},
 * {@link oosh.sandbox.api.Resources}, {@link oosh.sandbox.api.Defects}, and who calls ({@link
 * oosh.sandbox.api.Principal}). It knows no other room.
 */
@NullMarked
package oosh.sandbox.api;

import org.jspecify.annotations.NullMarked;
