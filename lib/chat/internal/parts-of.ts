import type { AIMessage } from '../../messages/ai-message.js';
import { shownBlock } from '../../messages/history/shown-block.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { ChatPart } from '../chat-part.js';
import type { ChatToolCall } from '../chat-tool-call.js';

/**
 * @internal The parts of an answer in order: those of its messages, with the calls as they are known. What is as it was
 * `before` is the same object; if all of it is, so is the array.
 */
export function partsOf(
  messages: readonly (AIMessage | ToolMessage)[],
  calls: readonly ChatToolCall[],
  before: readonly ChatPart[],
): readonly ChatPart[] {
  const open = new Set(calls);
  const parts: ChatPart[] = [];
  const push = (part: ChatPart) => {
    const old = before[parts.length];
    parts.push(old !== undefined && isSame(old, part) ? old : part);
  };
  const pushCall = (id: string | undefined) => {
    for (const call of open) {
      if (call.id !== id) continue;
      open.delete(call);
      push({ type: 'tool', call });
      return;
    }
  };
  for (const message of messages) {
    if (message.type !== 'ai') continue;
    const { content, tool_calls, invalid_tool_calls } = message;
    const seen = new Set<string | undefined>();
    for (const block of typeof content === 'string' ? [{ type: 'text', text: content }] : content) {
      const shown = shownBlock(block);
      if (shown.kind === 'call') {
        seen.add(shown.id);
        pushCall(shown.id);
      } else if (shown.kind === 'reasoning') push({ type: 'reasoning', text: shown.text });
      else if (shown.kind === 'other') push({ type: 'other', block });
      else if (shown.kind === 'text') {
        if (shown.text !== '') push({ type: 'text', text: shown.text });
        for (const source of shown.sources) push({ type: 'source', ...source });
      }
    }
    // Some providers write calls beside the content only.
    for (const { id } of [...tool_calls, ...invalid_tool_calls]) if (!seen.has(id)) pushCall(id);
  }
  for (const call of open) push({ type: 'tool', call });
  const isUnchanged =
    parts.length === before.length && parts.every((part, index) => part === before[index]);
  return isUnchanged ? before : parts;
}

function isSame(a: ChatPart, b: ChatPart): boolean {
  const [first, second] = [a, b] as unknown as Readonly<Record<string, unknown>>[];
  return Object.keys(b).every((key) => first?.[key] === second?.[key]);
}
