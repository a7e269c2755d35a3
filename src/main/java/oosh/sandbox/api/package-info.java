/**
 * What a call of the vendor's APIs is: {@link oosh.sandbox.api.CallParameters} as they come, {@link
 * oosh.sandbox.api.ApiCall} as an {@link oosh.sandbox.api.ApiAction} reads it, {@link
 * oosh.sandbox.api.ApiException} when it is refused. {@link oosh.sandbox.api.ActionTable} reads
 * what each action takes, a table for each product; {@link oosh.sandbox.api.ApiActions} joins the
 * tables and what answers them, under the lock of {@link oosh.sandbox.api.StateAccess}.
 *
 * <p>It also offers what all rooms write with: {@link oosh.sandbox.api.WireJson}, {@link
 * oosh.sandbox.api.ListFormat}, {@link oosh.sandbox.api.VendorTimes}, {@link
 * oosh.sandbox.api.Sha256}, {@link oosh.sandbox.api.Regions}, {@link oosh.sandbox.api.Resources},
 * {@link oosh.sandbox.api.Defects}. It knows no other room.
 */
@NullMarked
package oosh.sandbox.api;

import org.jspecify.annotations.NullMarked;
