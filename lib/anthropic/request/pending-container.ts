import { asFields } from '../../messages/history/fields.js';
import type { AnyMessage } from '../../messages/any-message.js';

/**
 * @internal The container of an answer that the request goes on with: code may wait in it for results, and its files are
 * there. An answer says its container in `response_metadata.container`. Undefined where none has one since somebody last said
 * something: containers expire.
 */
export function pendingContainer(messages: readonly AnyMessage[]): string | undefined {
  const said = messages.findLastIndex(({ type }) => type !== 'ai' && type !== 'tool');
  return messages
    .slice(said + 1)
    .map(({ response_metadata }) => asFields(response_metadata['container'])?.['id'])
    .findLast((id) => typeof id === 'string');
}
