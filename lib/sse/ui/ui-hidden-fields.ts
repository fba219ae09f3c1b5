import type { ContentBlock } from '../../messages/content.js';
import { setOwn } from '../../messages/internal/set-own.js';
import type { UIMetadata } from './ui-message-chunk.js';
import { isProof, proofOf, type UISign } from './ui-proof.js';

/** What a part of a UI message keeps of its content block for the next request, beside what the reader is shown of it. */
export interface UIKept {
  /** The fields that the part itself does not show. */
  readonly rest?: Readonly<Record<string, unknown>>;
  /** The same as JSON, where the AI SDK refuses to read it as an object. */
  readonly json?: string;
  /** That the block came from the server, if it signs. */
  readonly proof?: string;
  /** That the server does not sign: the block is for the reader, and no model is given it again. */
  readonly unproven?: true;
}

/** @internal What is kept of a block whose `shown` fields the part has already. */
export function keep(
  block: ContentBlock,
  shown: readonly string[],
  sign: UISign | undefined,
): UIKept {
  const rest = Object.fromEntries(
    Object.entries(block).filter(([key, value]) => !shown.includes(key) && value !== undefined),
  );
  const json = JSON.stringify(rest);
  return {
    ...(json === '{}' ? {} : isRefused(json) ? { json } : { rest }),
    ...(sign === undefined
      ? { unproven: true }
      : { proof: proofOf(sign, 'block', fieldsOf(block)) }),
  };
}

/** @internal The same for a part that has nothing to prove unless there is more to its block than it shows. */
export function keepMore(
  block: ContentBlock,
  shown: readonly string[],
  sign: UISign | undefined,
): UIKept | undefined {
  const isMore = Object.keys(block).some((key) => !shown.includes(key) && block[key] !== undefined);
  return isMore ? keep(block, shown, sign) : undefined;
}

/** @internal What is kept as the AI SDK carries it along with a part. */
export function toMetadata(kept: UIKept): UIMetadata {
  // It is of JSON, or the part could not be sent.
  return Object.keys(kept).length === 0 ? {} : { rxlm: kept as UIMetadata[string] };
}

/** Whose word a part is. */
export interface UITrust {
  readonly sign?: UISign | undefined;
  /** Whether the parts come from the server's own store. */
  readonly trusted?: boolean | undefined;
}

/**
 * @internal The block whose hidden fields a part has kept, with the fields that it shows; undefined if the server has sent it
 * without a proof, or checks none. Throws a `TypeError` if the proof is wrong or missing.
 */
export function restore(
  kept: unknown,
  shown: Readonly<Record<string, unknown>>,
  { sign, trusted }: UITrust,
): ContentBlock | undefined {
  const { rest, json, proof, unproven } = (Object(kept) ?? {}) as Readonly<
    Record<keyof UIKept, unknown>
  >;
  if (trusted !== true) {
    if (unproven === true || (sign === undefined && proof !== undefined)) return undefined;
    if (proof === undefined)
      throw new TypeError(
        'a signature or a block of a provider comes without the proof of the server',
      );
  }
  const block: Record<string, unknown> = {};
  for (const fields of [shown, Object(rest) as object, objectOf(json)]) {
    for (const [key, value] of Object.entries(fields)) setOwn(block, key, value);
  }
  if (trusted !== true && sign !== undefined && !isProof(sign, 'block', fieldsOf(block), proof))
    throw new TypeError('a part of an answer is not what the server has sent: its proof is false');
  return typeof block['type'] === 'string' ? (block as unknown as ContentBlock) : undefined;
}

/** @internal Whether the AI SDK refuses to read this JSON. */
export function isRefused(json: string): boolean {
  return /"(__proto__|constructor)"/.test(json);
}

/** @internal A value in the form that a part may show: as text if the AI SDK refuses to read it. Throws if it is not JSON. */
export function asShown(value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  return json !== undefined && isRefused(json) ? json : value;
}

/** In an order that does not depend on who has put the block together. */
function fieldsOf(block: object): unknown {
  return Object.entries(block)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function objectOf(json: unknown): object {
  if (typeof json !== 'string') return {};
  try {
    return Object(JSON.parse(json)) as object;
  } catch {
    return {};
  }
}
