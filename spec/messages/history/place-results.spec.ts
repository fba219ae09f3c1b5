import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { placeResults } from '../../../lib/messages/history/place-results';
import { readTurns } from '../../../lib/messages/history/read-turns';

const rules = {
  refusedInIds: /\W/g,
  contradiction: (at: string, problem: string) => new RangeError(`${at}: ${problem}`),
};
const call = (id: string, args = {}) => ({ id, name: 'n', args });
const place = (...messages: object[]) =>
  placeResults(readTurns(coerceMessages(messages as never), 'any'), rules).map(
    ({ role, parts }) => [
      role,
      ...parts.map((part) =>
        part.type === 'call' ? part.id : part.type === 'result' ? `=${part.callId}` : part.type,
      ),
    ],
  );
const ai = (...ids: string[]) => ({
  role: 'ai',
  content: '',
  tool_calls: ids.map((id) => call(id)),
});
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'r' });

describe('placeResults', () => {
  it('answers every call directly behind its turn, in order', () => {
    expect(place(ai('a', 'b'), ai('c'), result('c'), result('b'))).toEqual([
      ['assistant', 'text', 'a', 'b'],
      ['user', '=a', '=b'],
      ['assistant', 'text', 'c'],
      ['user', '=c'],
    ]);
  });

  it('takes a result that stands before its call', () => {
    expect(place(result('a'), ai('a'))).toEqual([
      ['assistant', 'text', 'a'],
      ['user', '=a'],
    ]);
  });

  it('lets the provider say what a contradiction is', () => {
    const different = { ...ai(), tool_calls: [call('a', { x: 1 }), call('a', { x: 2 })] };
    expect(() => place(different)).toThrow(RangeError);
  });
});
