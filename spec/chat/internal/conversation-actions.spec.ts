import { AIMessage, HumanMessage } from 'rxlm';
import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import { Presses } from '../../../lib/chat/internal/conversation-actions.js';
import type { ConversationPolicy } from '../../../lib/chat/conversation-options.js';

const question = (id: string) => new HumanMessage({ content: id, id });
const texts = (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text);

describe('Presses', () => {
  const all = (policy: ConversationPolicy = 'refuse') => new Presses(policy, undefined);

  it('mean nothing while the store loads', () => {
    const presses = all();
    const loading = { ...NO_CONVERSATION, status: 'loading' as const };
    for (const press of [
      presses.send(question('q')),
      presses.stop(),
      presses.retry(),
      presses.regenerate(),
      presses.edit('q', ''),
      presses.approve('c'),
      presses.deny('c', undefined),
      presses.addToolResult('c', { content: '' }),
      presses.clear(),
    ])
      expect(press(loading)).toBe(loading);
  });

  it('keep the order of the queue, and edit what waits in it', () => {
    const presses = all('queue');
    const data = [question('a'), question('b'), question('c')].reduce(
      (now, each) => presses.send(each)(now),
      NO_CONVERSATION,
    );
    expect(texts(data.messages)).toEqual(['a']);
    expect(texts(presses.edit('b', 'B')(data).queued)).toEqual(['B', 'c']);
    const stopped = presses.stop()(data);
    expect(texts(stopped.queued)).toEqual(['b', 'c']);
    const next = presses.send(question('d'))(stopped);
    expect([texts(next.messages), texts(next.queued)]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('retry nothing behind an answer, nor where nothing has failed', () => {
    const data = { ...NO_CONVERSATION, messages: [question('q'), new AIMessage('a')], kept: 2 };
    for (const status of ['done', 'stopped', 'error'] as const) {
      const now = { ...data, status };
      expect(all().retry()(now)).toBe(now);
    }
  });

  it('respect an answer only while it is the one under way', () => {
    const presses = all('replace');
    const first = presses.send(question('a'))(NO_CONVERSATION);
    const second = presses.send(question('b'))(first);
    expect(presses.ended(first.answer!)(second)).toBe(second);
    expect(presses.grown(first.answer!)(second)).toBe(second);
    expect(presses.grown(second.answer!)(second)).not.toBe(second);
  });

  it('clear what there is, and say whether there was anything', () => {
    const cleared = all().clear()(all().send(question('a'))(NO_CONVERSATION));
    expect(cleared).toEqual(NO_CONVERSATION);
    expect(all().clear()(cleared)).toBe(cleared);
  });
});
