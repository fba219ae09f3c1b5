import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AIMessage,
  type AIMessageChunk,
  coerceMessages,
  type MessagesInput,
  ModelError,
} from 'rxlm';
import { MessageDecoder } from '../../lib/anthropic/stream/message-decoder';
import { toRequestMessages } from '../../lib/anthropic/request/to-request-messages';
import type { WireEvent } from '../../lib/anthropic/stream/wire';
import { MessageAccumulator } from '../../lib/messages/internal/message-accumulator';
import { eventOf, readRecording, splitMessages } from '../../lib/testing/anthropic/recording';
import { refusedBecause } from '../support/refused-request';

const check = (history: MessagesInput): string[] =>
  refusedBecause(toRequestMessages(coerceMessages(history)));

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
    { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} },
    { type: 'server_tool_use', id: 's2', name: 'web_search', input: '{"q' },
    { type: 'web_search_tool_result', tool_use_id: 's1', content: [] },
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
/** What may stand in an answer only is taken from the user: nobody has it there. */
const plausible = (history: readonly object[]): object[] =>
  history.map((each) => {
    const { role, content: given } = each as { role: string; content: unknown };
    if (role === 'ai' || !Array.isArray(given)) return each;
    return {
      ...each,
      content: (given as { type: string }[]).filter(
        ({ type }) => !/tool_use$|^web_search|thinking|reasoning/.test(type),
      ),
    };
  });

describe('what is sent back', () => {
  it('is a request that the API takes, or an error that says where', () => {
    let sent = 0;
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (given) => {
        try {
          expect(check(plausible(given) as never)).toEqual([]);
          sent += 1;
        } catch (error) {
          if (ModelError.is(error)) expect(error.message).toMatch(/messages\[\d+\]/);
          else if (!(error instanceof TypeError)) throw error;
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
          once = toRequestMessages(coerceMessages(plausible(given) as never));
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

const SHARED = join(__dirname, '../../../shared/recordings/anthropic');
const recordings = existsSync(SHARED)
  ? readdirSync(SHARED).flatMap((file) =>
      splitMessages(readRecording(join(SHARED, file))).map(
        (recording, index) => [`${file} #${String(index + 1)}`, recording] as const,
      ),
    )
  : [];

describe('a recorded answer, cut at any event', () => {
  it('can be sent back with a further question, through JSON or not', () => {
    const refused = new Set<string>();
    for (const [name, recording] of recordings) {
      const message = new MessageAccumulator();
      const chunks: AIMessageChunk[] = [];
      const limits = { toolJson: 4e6, toolJsonDepth: 256 };
      const decoder = new MessageDecoder('run-1', limits, (chunk) => void chunks.push(chunk));
      for (const recorded of recording) {
        const event = eventOf(recorded);
        if (event.type === 'error') break;
        decoder.add(event as WireEvent);
        chunks.splice(0).forEach((chunk) => {
          message.add(chunk);
        });
        const partial = message.whole;
        const asData = JSON.parse(JSON.stringify(partial)) as AIMessage;
        for (const each of [partial, asData])
          for (const problem of check(['Hi', each, 'Go on.'])) refused.add(`${name}: ${problem}`);
      }
    }
    expect([...refused]).toEqual([]);
  });
});
