import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import type { Fields } from '../../messages/history/part.js';
import { refusal } from '../../messages/history/refusal.js';
import { toCacheControl } from './cache-control.js';

type Kind = 'string' | 'object' | 'array' | 'boolean' | 'any';

const CACHED = { 'cache_control?': 'object' } as const;
const RESULT = { tool_use_id: 'string', content: 'any', ...CACHED } as const;
const CALL = { id: 'string', name: 'string', input: 'object', ...CACHED } as const;

/**
 * The fields of each block that the API accepts in a request, beside `type`, with their types; a `?` marks an optional
 * field. The API refuses a block with any other field.
 *
 * @see https://platform.claude.com/docs/en/api/messages
 */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  text: { text: 'string', ...CACHED, 'citations?': 'array' },
  image: { source: 'object', ...CACHED, 'transformations?': 'object' },
  document: {
    source: 'object',
    ...CACHED,
    'citations?': 'object',
    'context?': 'string',
    'title?': 'string',
  },
  search_result: {
    content: 'array',
    source: 'string',
    title: 'string',
    ...CACHED,
    'citations?': 'object',
  },
  redacted_thinking: { data: 'string' },
  tool_use: { ...CALL, 'caller?': 'object', 'toolset_name?': 'string' },
  tool_result: {
    tool_use_id: 'string',
    'content?': 'any',
    'is_error?': 'boolean',
    ...CACHED,
    'toolset_name?': 'string',
  },
  server_tool_use: { ...CALL, 'caller?': 'object' },
  web_search_tool_result: { ...RESULT, 'caller?': 'object' },
  web_fetch_tool_result: { ...RESULT, 'caller?': 'object' },
  advisor_tool_result: RESULT,
  code_execution_tool_result: RESULT,
  bash_code_execution_tool_result: RESULT,
  text_editor_code_execution_tool_result: RESULT,
  tool_search_tool_result: RESULT,
  mcp_tool_use: { ...CALL, server_name: 'string' },
  mcp_tool_result: {
    tool_use_id: 'string',
    'content?': 'any',
    'is_error?': 'boolean',
    ...CACHED,
  },
  mcp_tool_listing: { mcp_server_name: 'string', tools: 'array' },
  container_upload: { file_id: 'string', ...CACHED },
  compaction: {
    'content?': 'string',
    'encrypted_content?': 'string',
    'signature?': 'string',
    'tool_changes?': 'array',
    ...CACHED,
  },
  tool_addition: { tool: 'object', ...CACHED },
  tool_removal: { tool: 'object', ...CACHED },
  tool_reference: { tool_name: 'string', ...CACHED },
  browser_state: { tabs: 'array', 'state_changes?': 'array', ...CACHED },
  fallback: { from: 'object', to: 'object', 'trigger?': 'any' },
};

/** @internal Whether the API has blocks of this type. */
export function isBlockType(type: string): boolean {
  return Object.hasOwn(FIELDS, type) || type === 'thinking';
}

/**
 * @internal A block of the API with those of the given fields that it has. Null is the same as absent. Throws a
 * `TypeError` with `at`, the place of the block, for a field that is missing or of another type.
 */
export function toBlock(type: string, given: Fields, at: string): Fields {
  const block: Record<string, unknown> = { type };
  for (const [key, kind] of Object.entries(FIELDS[type] ?? {})) {
    const name = key.replace('?', '');
    const value = given[name] ?? undefined;
    if (value === undefined) {
      if (name === key)
        throw refusal(at, `a ${type} block has no ${name}`, 'Give it, or leave the block out');
    } else if (name === 'cache_control') block[name] = toCacheControl(value, at);
    else if (!KINDS[kind](value))
      throw refusal(
        at,
        `${name} of a ${type} block must be of type ${kind}, got ${describeValue(value)}`,
        'Correct it, or leave the block out',
      );
    else block[name] = value;
  }
  return block;
}

const KINDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  object: isRecord,
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  any: () => true,
};
