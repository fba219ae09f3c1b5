import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import type { Fields } from '../../messages/history/part.js';
import { refusal } from '../../messages/history/refusal.js';

/** The API accepts no more breakpoints of its cache in one request. */
const MAX_BREAKPOINTS = 4;

/**
 * @internal A breakpoint of the prompt cache. Throws a `TypeError` with its place for one that the API does not have.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function toCacheControl(value: unknown, at: string): Fields {
  const { type, ttl, ...others } = isRecord(value) ? value : { type: value };
  const isKnown = ttl === undefined || ttl === null || ttl === '5m' || ttl === '1h';
  if (type !== 'ephemeral' || !isRecord(value) || !isKnown || Object.keys(others).length > 0)
    throw refusal(
      at,
      `cache_control must be { type: 'ephemeral', ttl?: '5m' | '1h' }, got ${describeCacheControl(value)}`,
      'Correct it, or leave it out',
    );
  return ttl == null ? { type } : { type, ttl };
}

function describeCacheControl(value: unknown): string {
  if (!isRecord(value)) return describeValue(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${describeValue(field)}`);
  return `{ ${fields.join(', ')} }`;
}

/**
 * @internal The fields of a request with at most four breakpoints. The first ones of the messages are dropped, then those of
 * tools and the system prompt: a later breakpoint covers what is before it, and histories gather one in each turn.
 */
export function limitBreakpoints(body: Fields): Fields {
  const { messages, tools, system } = body;
  const all = [...marked(messages), ...marked(tools), ...marked(system)];
  const surplus = all.length + (body['cache_control'] == null ? 0 : 1) - MAX_BREAKPOINTS;
  if (surplus <= 0) return body;
  const dropped = new Set<unknown>(all.slice(0, surplus));
  return {
    ...body,
    messages: without(messages, dropped),
    ...(tools === undefined ? {} : { tools: without(tools, dropped) }),
    ...(system === undefined ? {} : { system: without(system, dropped) }),
  };
}

/** The blocks and tools with a breakpoint, in order; those within a result count as well. */
function marked(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (!isRecord(value)) return [];
  const within = marked(value['content']);
  return value['cache_control'] == null ? within : [...within, value];
}

function without(value: unknown, dropped: ReadonlySet<unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, dropped));
  if (!isRecord(value)) return value;
  const { cache_control, ...others } = value;
  const kept = dropped.has(value) || cache_control === undefined ? others : value;
  return 'content' in kept ? { ...kept, content: without(kept['content'], dropped) } : kept;
}
