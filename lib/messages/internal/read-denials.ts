import { asFields } from '../history/fields.js';
import type { Fields } from '../history/part.js';

/**
 * @internal Messages in which each denial of the AI SDK (`tool-approval-response`) is the result of the call that was denied.
 * A denial names the request for approval, and only that request names the call. A call that has a result keeps it; a
 * denial whose request was trimmed away is left out, as its call was.
 */
export function readDenials<T>(messages: readonly T[]): readonly T[] {
  if (!messages.some((message) => toolParts(message).some(isDenial))) return messages;
  const requests = new Map<unknown, Fields>();
  const names = new Map<unknown, unknown>();
  const answered = new Set<unknown>();
  for (const part of messages.flatMap(partsOf)) {
    if (part['type'] === 'tool-approval-request') requests.set(part['approvalId'], part);
    if (part['type'] === 'tool-call') names.set(part['toolCallId'], part['toolName']);
    if (part['type'] === 'tool-result') answered.add(part['toolCallId']);
  }
  const read = (part: Fields): Fields => {
    const request = isDenial(part) ? requests.get(part['approvalId']) : undefined;
    const toolCallId = request?.['toolCallId'];
    if (request === undefined || answered.has(toolCallId)) return part;
    const output = { type: 'execution-denied', reason: part['reason'] };
    return { type: 'tool-result', toolCallId, toolName: names.get(toolCallId), output };
  };
  return messages.map((message) => {
    const parts = toolParts(message);
    return parts.some(isDenial) ? { ...message, content: parts.map(read) } : message;
  });
}

function toolParts(message: unknown): readonly Fields[] {
  return asFields(message)?.['role'] === 'tool' ? partsOf(message) : [];
}

function partsOf(message: unknown): readonly Fields[] {
  const content = asFields(message)?.['content'];
  return Array.isArray(content) ? content.map((part) => asFields(part) ?? {}) : [];
}

function isDenial({ type, approved }: Fields): boolean {
  return type === 'tool-approval-response' && approved === false;
}
