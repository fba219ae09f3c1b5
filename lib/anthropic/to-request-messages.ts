import type { AIMessage } from '../messages/ai-message.js';
import type { AnyMessage } from '../messages/any-message.js';
import type { ContentBlock } from '../messages/content.js';
import type { ToolMessage } from '../messages/tool-message.js';
import { toContent } from './to-content.js';

interface RequestMessage {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: unknown;
}

/** @internal The turns of a conversation as the API takes them; results of parallel calls go back in one turn. */
export function toRequestMessages(messages: readonly AnyMessage[]): RequestMessage[] {
  const turns: RequestMessage[] = [];
  let results: unknown[] | undefined;
  for (const message of messages) {
    if (message.type === 'tool') {
      if (results === undefined) turns.push({ role: 'user', content: (results = []) });
      results.push(toToolResult(message));
      continue;
    }
    results = undefined;
    if (message.type === 'ai') {
      const content = toAssistantContent(message);
      // The API refuses a turn without content, and there is nothing in it to lose.
      if (content.length > 0) turns.push({ role: 'assistant', content });
    } else {
      turns.push({
        role: message.type === 'human' ? 'user' : 'system',
        content: toContent(message.content),
      });
    }
  }
  return turns;
}

function toToolResult({ content, tool_call_id, status }: ToolMessage): object {
  return {
    type: 'tool_result',
    tool_use_id: tool_call_id,
    content: toContent(content),
    ...(status === 'error' ? { is_error: true } : {}),
  };
}

function toAssistantContent({ content, tool_calls }: AIMessage): string | readonly object[] {
  if (tool_calls.length === 0 && typeof content === 'string') return content;
  const blocks =
    typeof content !== 'string'
      ? content.map(toAssistantBlock)
      : content === ''
        ? []
        : [{ type: 'text', text: content }];
  const present = new Set(blocks.map((block) => ('id' in block ? block.id : undefined)));
  // Calls of a message that another model or a test has made stand beside its content only.
  const missing = tool_calls
    .filter(({ id }) => !present.has(id))
    .map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args }));
  return [...blocks, ...missing];
}

function toAssistantBlock({ index, non_standard, ...block }: ContentBlock): object {
  return typeof block['input'] === 'string' ? { ...block, input: objectOf(block['input']) } : block;
}

/**
 * The input of a call that was cut off or is no valid JSON, as the object that the API insists on.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
 */
function objectOf(input: string): unknown {
  return input === '' ? {} : { INVALID_JSON: input };
}
