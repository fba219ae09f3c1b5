import type { WireEvent } from './wire-event.js';

type JsonObject = Record<string, unknown>;

/** What a request without `stream: true` is answered: a message or the error that came instead. */
export type WholeAnswer = JsonObject & { readonly type: 'message' | 'error' };

interface OpenBlock {
  readonly block: JsonObject;
  json: string;
}

/**
 * The message (or the error) that these events tell, as the service answers a request that did not
 * ask for a stream; `undefined` if they stop before `message_stop`. For sound recordings: it judges nothing.
 */
export function foldWire(events: Iterable<WireEvent>): WholeAnswer | undefined {
  let message: JsonObject | undefined;
  const blocks = new Map<unknown, OpenBlock>();
  for (const event of events) {
    switch (event.type) {
      case 'error':
        return { ...event, type: 'error' };
      case 'message_start':
        message ??= objectIn(event, 'message');
        break;
      case 'content_block_start':
        blocks.set(event['index'], { block: objectIn(event, 'content_block'), json: '' });
        break;
      case 'content_block_delta':
        applyDelta(blocks.get(event['index']), objectIn(event, 'delta'));
        break;
      case 'message_delta':
        message = {
          ...message,
          ...objectIn(event, 'delta'),
          usage: withNews(objectIn(message ?? {}, 'usage'), objectIn(event, 'usage')),
        };
        break;
      case 'message_stop': {
        const content = Array.isArray(message?.['content'])
          ? (message['content'] as unknown[])
          : [];
        return {
          ...message,
          type: 'message',
          content: [...content, ...Array.from(blocks.values(), wholeBlock)],
        };
      }
    }
  }
  return undefined;
}

function applyDelta(open: OpenBlock | undefined, delta: JsonObject): void {
  if (!open) return;
  const { block } = open;
  const append = (field: string) => {
    block[field] = textIn(block, field) + textIn(delta, field);
  };
  switch (delta['type']) {
    case 'text_delta':
      append('text');
      break;
    case 'thinking_delta':
      append('thinking');
      break;
    case 'signature_delta':
      append('signature');
      break;
    case 'input_json_delta':
      open.json += textIn(delta, 'partial_json');
      break;
    case 'citations_delta':
      block['citations'] = [...((block['citations'] as unknown[] | null) ?? []), delta['citation']];
      break;
    case 'compaction_delta':
      append('content');
      if (typeof delta['encrypted_content'] === 'string') append('encrypted_content');
      break;
  }
}

function wholeBlock({ block, json }: OpenBlock): JsonObject {
  return json === '' ? block : { ...block, input: parsedOr(json) };
}

function parsedOr(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

// Usage on the wire is cumulative: what a later event names replaces, what it does not name stays.
function withNews(usage: JsonObject, news: JsonObject): JsonObject {
  const told = Object.entries(news).filter(([, value]) => value !== null);
  return { ...usage, ...Object.fromEntries(told) };
}

// A copy, because recordings are played many times and a fold must leave them as they are.
function objectIn(owner: object, field: string): JsonObject {
  const value = (owner as JsonObject)[field];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const textIn = (owner: JsonObject, field: string): string => {
  const value = owner[field];
  return typeof value === 'string' ? value : '';
};
