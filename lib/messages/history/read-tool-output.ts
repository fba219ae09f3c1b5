import { type ContentBlock, isContent, type MessageContent } from '../content.js';
import { denialText } from '../internal/approval-of.js';
import { asFields } from './fields.js';

/** @internal What a tool gave, as content, and whether it is an error. */
export interface ToolOutput {
  readonly content: MessageContent;
  readonly isError: boolean;
}

/**
 * @internal The result of a call in any library's form: content, an MCP `CallToolResult` (its blocks stay blocks,
 * `isError` counts), an output of the AI SDK (`{ type, value }`); any other value as JSON.
 */
export function readToolOutput(output: unknown): ToolOutput {
  if (output === undefined || output === null) return { content: '', isError: false };
  if (typeof output === 'string') return { content: output, isError: false };
  if (isContent(output) && (output as readonly ContentBlock[]).every(hasType))
    return { content: output, isError: false };
  const fields = asFields(output);
  if (fields === undefined) return { content: jsonOf(output), isError: false };
  const { type, value, reason } = fields;
  switch (type) {
    case 'text':
    case 'error-text':
      if (!('value' in fields)) break;
      return { content: String(value), isError: type === 'error-text' };
    case 'json':
    case 'error-json':
      return { content: jsonOf(value), isError: type === 'error-json' };
    case 'execution-denied':
      return { content: denialText(reason), isError: true };
    case 'content':
      if (isContent(value)) return { content: value, isError: false };
      break;
    default:
  }
  return isCallToolResult(fields) ? readCallToolResult(fields) : ofJson(output);
}

/** @internal What an MCP server answers a call with: blocks under `content`, and perhaps `isError`. */
export interface CallToolResult {
  readonly content: readonly ContentBlock[];
  readonly isError?: unknown;
  readonly structuredContent?: unknown;
}

/**
 * @internal Whether a value is an MCP `CallToolResult`. Its blocks are known by their types: an object of the user's own
 * may have a list named `content` as well.
 */
export function isCallToolResult(value: unknown): value is CallToolResult {
  const { content, isError, structuredContent } = asFields(value) ?? {};
  if (!Array.isArray(content) || !content.every((block) => hasType(block) && isMcpBlock(block)))
    return false;
  return content.length > 0 || isError !== undefined || structuredContent !== undefined;
}

const MCP_BLOCKS: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'audio',
  'resource',
  'resource_link',
]);

function isMcpBlock({ type }: { readonly type: unknown }): boolean {
  return MCP_BLOCKS.has(type);
}

/** @internal Structured content counts where there are no blocks that say the same. */
export function readCallToolResult(result: CallToolResult): ToolOutput {
  const { content, isError, structuredContent } = result;
  const isEmpty = content.length === 0 && structuredContent !== undefined;
  return {
    content: isEmpty ? jsonOf(structuredContent) : content,
    isError: isError === true,
  };
}

function ofJson(output: unknown): ToolOutput {
  return { content: jsonOf(output), isError: false };
}

function jsonOf(value: unknown): string {
  // Nothing comes of what JSON does not have.
  const json: unknown = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof json === 'string' ? json : '';
}

function hasType(block: unknown): block is ContentBlock {
  return typeof asFields(block)?.['type'] === 'string';
}
