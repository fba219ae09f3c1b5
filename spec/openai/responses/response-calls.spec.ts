import { MessageWriter } from '../../../lib/http/decoder/message-writer';
import { isCall, ResponseCalls } from '../../../lib/openai/responses/response-calls';
import type { Item } from '../../../lib/openai/responses/response-items';
import { decoderContext } from '../../support/decode-stream';

const make = () => {
  const context = decoderContext();
  return new ResponseCalls(context, new MessageWriter(context));
};
const newItem = (): Item => ({ parts: new Map(), isDone: false });
const results = (calls: ResponseCalls) => calls.settle().map(({ result }) => result);

describe('ResponseCalls', () => {
  it.each<[string, (calls: ResponseCalls, item: Item) => void]>([
    ['deltas', (calls, item) => ['{"n"', ':1}'].forEach((piece) => calls.add(item, piece))],
    [
      'the rest in a done event',
      (calls, item) => (calls.add(item, '{"n'), calls.finish(item, { arguments: '{"n":1}' })),
    ],
    ['an object', (calls, item) => calls.finish(item, { arguments: { n: 1 } })],
  ])('takes arguments that come as %s', (_, play) => {
    const calls = make();
    const item = newItem();
    calls.begin(item, { type: 'function_call', call_id: 'a', name: 'w', arguments: '' });
    play(calls, item);
    expect(results(calls)).toEqual([{ type: 'tool_call', id: 'a', name: 'w', args: { n: 1 } }]);
  });

  it('begins an item once, and only a call', () => {
    const calls = make();
    const item = newItem();
    calls.begin(item, { type: 'web_search_call', id: 'x' });
    calls.add(item, '{}');
    expect(results(calls)).toEqual([]);
    const said = { type: 'function_call', id: 'f', name: 'w' };
    calls.begin(item, said);
    calls.begin(item, said);
    expect(results(calls)).toEqual([{ type: 'tool_call', id: 'f', name: 'w', args: {} }]);
  });

  it('takes the text of a custom tool', () => {
    const calls = make();
    const item = newItem();
    calls.begin(item, { type: 'custom_tool_call', call_id: 'a', name: 'w', input: 'x =' });
    calls.finish(item, { input: 'x = 1' });
    expect(results(calls)).toMatchObject([{ id: 'a', args: { input: 'x = 1' } }]);
  });
});

it.each([
  ['function_call', true],
  ['custom_tool_call', true],
  ['web_search_call', false],
  [undefined, false],
])('isCall: %s is %s', (type, expected) => {
  expect(isCall(type)).toBe(expected);
});
