import { attempt } from '../../core/internal/try-or-undefined.js';

/** The brand of a refusal: an error of the request, as opposed to an error of the server. */
export const REFUSAL: unique symbol = Symbol.for('rxlm.refusal');

/** @internal Whether an error is a refusal, made by any copy of the package. */
export function isRefusal(error: unknown): error is TypeError & { readonly status: number } {
  // A proxy may throw at either.
  return attempt(() => error instanceof Error && REFUSAL in error) === true;
}
