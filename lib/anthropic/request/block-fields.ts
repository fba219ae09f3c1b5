import type { Fields } from '../../messages/history/part.js';

/**
 * The fields of each block that the API takes in a request, beside `type`; it refuses a block with any other.
 *
 * @see https://platform.claude.com/docs/en/api/messages
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'cache_control', 'citations'],
  image: ['source', 'cache_control', 'transformations'],
  document: ['source', 'cache_control', 'citations', 'context', 'title'],
  search_result: ['content', 'source', 'title', 'cache_control', 'citations'],
  thinking: ['thinking', 'signature'],
  redacted_thinking: ['data'],
  tool_use: ['id', 'name', 'input', 'cache_control', 'caller', 'toolset_name'],
  tool_result: ['tool_use_id', 'content', 'is_error', 'cache_control', 'toolset_name'],
  server_tool_use: ['id', 'name', 'input', 'cache_control', 'caller'],
  web_search_tool_result: ['content', 'tool_use_id', 'cache_control', 'caller'],
  web_fetch_tool_result: ['content', 'tool_use_id', 'cache_control', 'caller'],
  advisor_tool_result: ['content', 'tool_use_id', 'cache_control'],
  code_execution_tool_result: ['content', 'tool_use_id', 'cache_control'],
  bash_code_execution_tool_result: ['content', 'tool_use_id', 'cache_control'],
  text_editor_code_execution_tool_result: ['content', 'tool_use_id', 'cache_control'],
  tool_search_tool_result: ['content', 'tool_use_id', 'cache_control'],
  mcp_tool_use: ['id', 'name', 'input', 'server_name', 'cache_control'],
  mcp_tool_result: ['tool_use_id', 'content', 'is_error', 'cache_control'],
  mcp_tool_listing: ['mcp_server_name', 'tools'],
  container_upload: ['file_id', 'cache_control'],
  compaction: ['content', 'encrypted_content', 'signature', 'tool_changes', 'cache_control'],
  tool_addition: ['tool', 'cache_control'],
  tool_removal: ['tool', 'cache_control'],
  tool_reference: ['tool_name', 'cache_control'],
  browser_state: ['tabs', 'state_changes', 'cache_control'],
  fallback: ['from', 'to', 'trigger'],
};

/** @internal Whether the API has blocks of this type. */
export function isBlockType(type: string): boolean {
  return Object.hasOwn(FIELDS, type);
}

/** @internal A block of the API's with those of the given fields that it has; what is null is not said at all. */
export function toBlock(type: string, given: Fields): Fields {
  const fields = (FIELDS[type] ?? []).filter((field) => given[field] != null);
  return { type, ...Object.fromEntries(fields.map((field) => [field, given[field]])) };
}
