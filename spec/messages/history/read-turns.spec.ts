import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const read = (...messages: object[]) => readTurns(coerceMessages(messages as never), 'any');

describe('readTurns', () => {
  it('gives a turn for each message, and says where it stands', () => {
    expect(
      read(
        { role: 'system', content: 's' },
        { role: 'user', content: 'u' },
        { role: 'ai', content: 'a' },
        { role: 'tool', tool_call_id: 't', content: 'r', status: 'error' },
      ),
    ).toMatchObject([
      { role: 'system', plain: true, at: 'messages[0]' },
      { role: 'user', parts: [{ text: 'u' }] },
      { role: 'assistant', parts: [{ text: 'a' }] },
      { role: 'user', parts: [{ type: 'result', callId: 't', isError: true }], at: 'messages[3]' },
    ]);
  });

  it.each<[string, object, unknown]>([
    ['an object', { input: { x: 1 } }, { x: 1 }],
    ['text', { input: '{"x":1}' }, { x: 1 }],
    ['nothing', {}, {}],
    ['broken text', { input: '{"x"' }, { INVALID_JSON: '{"x"' }],
    ['a list', { input: [1] }, { INVALID_JSON: '[1]' }],
    ['text of a list', { input: '[1]' }, { INVALID_JSON: '[1]' }],
  ])('reads the input of a call that is %s', (_, given, input) => {
    const content = [{ type: 'tool_use', id: 'a', name: 'n', ...given }];
    expect(read({ role: 'ai', content })[0]?.parts).toMatchObject([{ input }]);
  });

  it('keeps an input’s __proto__ as data', () => {
    const content = [{ type: 'tool_use', id: 'a', name: 'n', input: '{"__proto__":{"x":1}}' }];
    const [part] = read({ role: 'ai', content })[0]!.parts;
    expect(JSON.stringify(part?.type === 'call' && part.input)).toBe('{"__proto__":{"x":1}}');
  });
});
