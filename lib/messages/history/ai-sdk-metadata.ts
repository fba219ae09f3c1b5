import type { ContentBlock } from '../content.js';
import type { Fields } from './part.js';

/** @internal What the AI SDK's provider keeps beside a part of reasoning. */
export interface ReasoningMetadata {
  /** The fields of the block that the part or its metadata shows. */
  readonly shown: readonly string[];
  /** By the name of the provider, as the AI SDK's own provider writes it, so that either can go on from the other's. */
  readonly metadata: { readonly [provider: string]: { readonly [name: string]: string } };
}

/** @internal The same of a block whose provider signed or encrypted it; undefined for any other block. */
export function reasoningMetadata(block: ContentBlock): ReasoningMetadata | undefined {
  const { type, signature, data } = block;
  if (type === 'thinking' && typeof signature === 'string' && signature !== '')
    return {
      shown: ['type', 'thinking', 'signature'],
      metadata: { anthropic: { signature } },
    };
  if (type === 'redacted_thinking' && typeof data === 'string')
    return { shown: ['type', 'data'], metadata: { anthropic: { redactedData: data } } };
  return undefined;
}

/** @internal The fields of the block that a part of reasoning with this metadata shows. `keptType`: the type of a block that it kept. */
export function reasoningFields(
  metadata: unknown,
  text: string,
  keptType: unknown,
): Readonly<Record<string, string>> {
  const { signature, redactedData } = ofProvider(metadata);
  if (typeof signature === 'string') return { type: 'thinking', thinking: text, signature };
  if (typeof redactedData === 'string') return { type: 'redacted_thinking', data: redactedData };
  return { [keptType === 'thinking' ? 'thinking' : 'reasoning']: text };
}

/** @internal The fields of a block that ask the provider to cache up to it, if the metadata of a part asks for that. */
export function cacheFields(metadata: unknown): Fields {
  const own = ofProvider(metadata);
  const cache_control = own['cacheControl'] ?? own['cache_control'];
  return cache_control === undefined ? {} : { cache_control };
}

function ofProvider(metadata: unknown): Fields {
  const { anthropic } = (Object(metadata) ?? {}) as { readonly anthropic?: unknown };
  return (Object(anthropic) ?? {}) as Fields;
}
