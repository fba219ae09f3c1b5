import { attempt } from '../../core/internal/try-or-undefined.js';

/** The brand of a refusal: what is wrong with a request, as opposed to a fault of the server. */
export const REFUSAL: unique symbol = Symbol.for('rxlm.refusal');

/** @internal Whether an error says what is wrong with a request, whichever copy of the package made it. */
export function isRefusal(error: unknown): error is TypeError & { readonly status: number } {
  // A proxy may throw at either.
  return attempt(() => error instanceof Error && REFUSAL in error) === true;
}
