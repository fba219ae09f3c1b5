import { describeValue } from '../../core/internal/describe-value.js';
import { refusal } from './bad-request.js';

/** Who asks: the id of a user or tenant. Nothing (`undefined`, `null` or an empty text) is nobody. */
export type OwnerOf<R> = (
  request: R,
) => string | null | undefined | PromiseLike<string | null | undefined>;

/** @internal The owner of what a request asks for; undefined for nobody, and where a server has no owners. */
export async function ownerOf<R>(
  owner: OwnerOf<R> | undefined,
  request: R,
): Promise<string | undefined> {
  const own: unknown = await owner?.(request);
  if (own === undefined || own === null || own === '') return undefined;
  if (typeof own === 'string') return own;
  throw new TypeError(`owner must return a string or nothing, got ${describeValue(own)}`);
}

/** @internal The same for a request that starts something: on a server with owners, nobody is refused with 401. */
export async function starterOf<R>(
  owner: OwnerOf<R> | undefined,
  request: R,
): Promise<string | undefined> {
  const own = await ownerOf(owner, request);
  if (owner !== undefined && own === undefined) throw refusal(401, 'sign in first');
  return own;
}
