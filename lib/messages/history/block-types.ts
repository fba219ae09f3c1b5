import type { ContentBlock } from '../content.js';

/** @internal Blocks that mirror a call of `tool_calls`: the call, or a piece of its input. */
export const CALL_BLOCKS: ReadonlySet<unknown> = new Set([
  'tool_use',
  'tool_call',
  'tool-call',
  'input_json_delta',
]);

/** @internal Blocks of reasoning, readable or encrypted. */
export const REASONING_BLOCKS: ReadonlySet<unknown> = new Set([
  'thinking',
  'redacted_thinking',
  'reasoning',
]);

const MEDIUM = ['source', 'data', 'url', 'image', 'image_url', 'file', 'fileId', 'file_id', 'text'];
/** The blocks that providers accept in the result of a tool, and the fields of which each has one. */
const RESULT_BLOCKS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['text', ['text']],
  ['image', MEDIUM],
  ['image_url', MEDIUM],
  ['audio', MEDIUM],
  ['video', MEDIUM],
  ['file', MEDIUM],
  ['document', MEDIUM],
  ['resource', ['resource']],
  ['resource_link', ['uri']],
  ['search_result', ['content']],
  ['tool_reference', ['tool_name']],
]);

/** @internal Whether a value is a block of a tool's result. Rows of data may have a `type`, too: a list of files is no list of blocks. */
export function isResultBlock(value: unknown): value is ContentBlock {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return RESULT_BLOCKS.get(value.type)?.some((field) => field in value) === true;
}

/** @internal The block of a call, as it stands in the content of an answer. */
export function callBlock(id: string | undefined, name: string, input: unknown): ContentBlock {
  return { type: 'tool_use', id, name, input };
}

/** @internal The block of a result. */
export function resultBlock(callId: string, content: unknown): ContentBlock {
  return { type: 'tool_result', tool_use_id: callId, content };
}

/** @internal The field under which the block of a result names its call. */
export const RESULT_CALL_ID = 'tool_use_id';

/** @internal The block of a call that the provider runs itself. */
export interface ProviderCall extends ContentBlock {
  readonly id: string;
  readonly name: string;
}

/** @internal Whether a block is a call that the provider runs itself. */
export function isProviderCall(block: ContentBlock): block is ProviderCall {
  const { type, id, name } = block;
  return type.endsWith('_tool_use') && typeof id === 'string' && typeof name === 'string';
}

/** @internal Whether the tool of a provider's call is the provider's own, not one of a server that the caller named. */
export function isBuiltInCall({ type }: ContentBlock): boolean {
  return type === 'server_tool_use';
}

/** @internal The id of the call that a block has the provider's result of; undefined for any other block. */
export function providerResultId(block: ContentBlock): string | undefined {
  const id = block[RESULT_CALL_ID];
  return block.type.endsWith('_tool_result') && typeof id === 'string' ? id : undefined;
}

/** @internal Why a call that the provider ran failed, by a word that says nothing of its content; undefined if it did not. */
export function providerFailure({ content, is_error }: ContentBlock): string | undefined {
  const { type, error_code } = (Object(content) ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof type === 'string' && type.endsWith('_error'))
    return typeof error_code === 'string' ? error_code : 'The tool has failed.';
  return is_error === true ? 'The tool has failed.' : undefined;
}
