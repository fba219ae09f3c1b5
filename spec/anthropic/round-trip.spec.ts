import fc from 'fast-check';
import { type MessagesInput, ModelError } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { toRequest } from '../../lib/anthropic/request/to-request';
import { toRequestMessages } from '../../lib/anthropic/request/to-request-messages';
import { refusalOf } from '../../lib/testing/anthropic/request-rules/check-request';

const check = (history: MessagesInput): string | undefined =>
  refusalOf(toRequest(coerceMessages(history), { model: 'm', maxTokens: 1 }).body);

const id = fc.constantFrom('a', 'b', 'c.1', 'c:1', 'toolu_1', '');
const text = fc.constantFrom('', ' ', '\n\n', 'Hi', 'So, ', 'ä');
const block: fc.Arbitrary<object> = fc.oneof(
  text.map((each) => ({ type: 'text', text: each, annotations: [] })),
  text.map((each) => ({ type: 'output_text', text: each, index: 1 })),
  fc.constantFrom<object>(
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'thinking', thinking: 'hm' },
    { type: 'reasoning', reasoning: 'hm' },
    { type: 'redacted_thinking', data: 'ENC', index: 2 },
    { type: 'image', data: 'QUJD', mimeType: 'image/jpg', title: 'a.jpg' },
    { type: 'file', data: 'a,b', mimeType: 'text/csv', filename: 'a.csv' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
    { type: 'server_tool_use', id: 'srvtoolu_2', name: 'web_search', input: '{"q' },
    { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
    { type: 'mcp_tool_use', id: 'm1', name: 'x', server_name: 'y', input: {} },
  ),
);
const input = fc.constantFrom<unknown>({}, { x: 1 }, '', '{"x":', '{"x":1}', null, [1]);
const useBlock = fc.record({
  type: fc.constantFrom('tool_use', 'tool_call'),
  id,
  name: fc.constantFrom('add', 'math.add'),
  input,
});
const resultBlock = fc.record({
  type: fc.constant('tool_result'),
  tool_use_id: id,
  content: fc.oneof(text, fc.array(block, { maxLength: 2 })),
});
const content = (...more: fc.Arbitrary<object>[]) =>
  fc.oneof(text, fc.array(fc.oneof(block, ...more), { maxLength: 4 }));
const call = fc.record({ id, name: fc.constant('add'), args: fc.constantFrom({}, { x: 1 }) });
const message: fc.Arbitrary<object> = fc.oneof(
  fc.record({ role: fc.constant('user'), content: content(resultBlock) }),
  fc.record({ role: fc.constant('system'), content: text }),
  fc.record({
    role: fc.constant('ai'),
    content: content(useBlock),
    tool_calls: fc.array(call, { maxLength: 3 }),
  }),
  fc.record({ role: fc.constant('tool'), tool_call_id: id, content: content() }),
);
describe('what is sent back', () => {
  it('is a request that the API takes, or an error that says where', () => {
    let sent = 0;
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (given) => {
        try {
          expect(check(given as never)).toBeUndefined();
          sent += 1;
        } catch (error) {
          if (!ModelError.is(error) && !(error instanceof TypeError)) throw error;
          expect(error.message).toMatch(
            /messages\[\d+\]|^the messages have no|^there is no message/,
          );
        }
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect(sent).toBeGreaterThan(500);
  });

  it('is the same where what has been sent is taken as a history again', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (given) => {
        let once;
        try {
          once = toRequestMessages(coerceMessages(given as never));
        } catch {
          return;
        }
        const again = toRequestMessages(coerceMessages(once.messages as never));
        expect(again.messages).toEqual(once.messages);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
