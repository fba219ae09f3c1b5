import { pairServerTools } from '../../../lib/anthropic/request/pair-server-tools';
import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const use = { type: 'server_tool_use', id: 's', name: 'code_execution', input: { code: '' } };
const done = { type: 'code_execution_tool_result', tool_use_id: 's', content: {} };
const text = { type: 'text', text: 'a' };
const caller = { type: 'code_execution_20250825', tool_id: 's' };
const call = (id: string) => ({ type: 'tool_use', id, name: 'n', input: {}, caller });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'r' });
const human = { role: 'user', content: 'Go on.' };
const ai = (...content: object[]) => ({ role: 'ai', content });

const paired = (...messages: object[]) =>
  pairServerTools(readTurns(coerceMessages(messages as never), 'anthropic')).map(({ parts }) =>
    parts.map(({ type, own }) =>
      type === 'call' && own['caller'] ? 'called' : (own['type'] ?? type),
    ),
  );

describe('pairServerTools', () => {
  it('keeps work that is whole, within an answer or over several', () => {
    expect(paired(ai(use, done, text), human)).toEqual([
      ['server_tool_use', 'code_execution_tool_result', 'text'],
      ['text'],
    ]);
    expect(paired(ai(use, call('a')), result('a'), ai(done), human)[0]).toEqual([
      'server_tool_use',
      'called',
    ]);
  });

  it('leaves out what was cut off or trimmed away', () => {
    expect(paired(ai(text, use), human)).toEqual([['text'], ['text']]);
    expect(paired(ai(done, text), human)).toEqual([['text'], ['text']]);
    expect(paired(ai(text, { ...use, input: '{"co' }))).toEqual([['text']]);
  });

  it('keeps a use that the turn has paused for', () => {
    expect(paired(human, ai(text, use))[1]).toEqual(['text', 'server_tool_use']);
    const refused = { ...ai(text, use), response_metadata: { stop_reason: 'refusal' } };
    expect(paired(human, refused)[1]).toEqual(['text']);
  });

  it('keeps code that waits for results while they come last, and its calls as calls otherwise', () => {
    const waiting = [ai(use, call('a')), result('a'), ai(call('b'))];
    expect(paired(...waiting, result('b'))).toMatchObject([
      ['server_tool_use', 'called'],
      {},
      ['called'],
      {},
    ]);
    for (const rest of [[], [result('b'), human]])
      expect(paired(...waiting, ...rest)).toMatchObject([
        ['tool_use'],
        {},
        ['tool_use'],
        ...rest.map(() => ({})),
      ]);
  });
});
