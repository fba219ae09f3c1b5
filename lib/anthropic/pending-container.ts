import { asFields } from '../messages/history/fields.js';
import type { AnyMessage } from '../messages/any-message.js';

/**
 * @internal The container in which code of the last answer waits for what the request brings; undefined where none waits. An
 * answer says its container in `response_metadata.container`, and the request that goes on with it has to name it.
 */
export function pendingContainer(
  messages: readonly AnyMessage[],
  sent: readonly { readonly role: string; readonly content: unknown }[],
): string | undefined {
  const answers = sent.filter(({ role }) => role === 'assistant').map(({ content }) => content);
  const blocks = answers.map((content) => (Array.isArray(content) ? content.map(asFields) : []));
  const answered = new Set(blocks.flat().map((block) => block?.['tool_use_id']));
  const waits = blocks
    .at(-1)
    ?.some((block) => block?.['type'] === 'server_tool_use' && !answered.has(block['id']));
  if (waits !== true) return undefined;
  const ids = messages.map(({ response_metadata }) => {
    const id = asFields(response_metadata['container'])?.['id'];
    return typeof id === 'string' ? id : undefined;
  });
  return ids.findLast((id) => id !== undefined);
}
