import type { Part } from '../../lib/testing/anthropic/faults/fault-exchange';
import { GOOD, goodStart } from '../../lib/testing/anthropic/recordings/good-answer';
import {
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  jsonDelta,
  messageStart,
  messageStop,
  textDelta,
} from '../../lib/testing/anthropic/wire-event';
import { WHOLE_TEXT } from '../support/fault-run';
import { callOf, frame, goodText, goodWith, playedServer } from '../support/played-server';

const usage = { input_tokens: 3, output_tokens: 1 };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'dig', input: {} };
const TEXT = { type: 'text', text: '' };

describe('a stream that is not a message', () => {
  const { streams } = playedServer();

  describe('[23] is `bad_stream` where texts could be mixed', () => {
    it.each<[string, readonly Part[], string]>([
      ['a block stopped twice', goodWith(8, 0, blockStop(0)), WHOLE_TEXT],
      ['a block without a type', goodWith(1, 1, blockStart(0, { text: '' })), ''],
      ['a block whose type is a number', goodWith(1, 1, blockStart(0, { type: 5, text: '' })), ''],
      [
        'a block that is null',
        goodWith(1, 1, { type: 'content_block_start', index: 0, content_block: null }),
        '',
      ],
      ['no index', goodWith(1, 1, { type: 'content_block_start', content_block: TEXT }), ''],
      [
        'a delta whose text is null',
        goodWith(5, 0, blockDelta(0, { type: 'text_delta', text: null })),
        'Hello',
      ],
      [
        'a delta whose text is a number',
        goodWith(5, 0, blockDelta(0, { type: 'text_delta', text: 5 })),
        'Hello',
      ],
      ['a delta without a type', goodWith(5, 0, blockDelta(0, { text: 'stray' })), 'Hello'],
      [
        'thinking for a text block',
        goodWith(5, 0, blockDelta(0, { type: 'thinking_delta', thinking: 'stray' })),
        'Hello',
      ],
      ['tool input for a text block', goodWith(5, 0, jsonDelta(0, '{}')), 'Hello'],
      [
        'text for a tool’s block',
        [goodStart(), blockStart(0, CALL), textDelta(0, 'stray'), ...GOOD.slice(8)],
        '',
      ],
      ['a call without a name', callOf({ ...CALL, name: undefined }, '{}'), ''],
      [
        'a text block whose text is a number',
        goodWith(1, 1, blockStart(0, { type: 'text', text: 5 })),
        '',
      ],
      [
        'two messages that have no ids',
        goodWith(0, 1, messageStart({ usage }), messageStart({ usage })),
        '',
      ],
      ['message_start without a message', goodWith(0, 1, { type: 'message_start' }), ''],
      [
        'message_start whose content is a text',
        goodWith(0, 1, messageStart({ id: 'm', content: 'Hi', usage })),
        '',
      ],
      [
        'message_start whose content holds null',
        goodWith(0, 1, messageStart({ id: 'm', content: [null], usage })),
        '',
      ],
      ['message_stop alone', [messageStop], ''],
      ['message_stop alone, and without its blank line', ['data: {"type":"message_stop"}'], ''],
      [
        'half an event that has no name',
        goodWith(5, 0, 'data: {"type":"content_block_delta","inde\n\n'),
        'Hello',
      ],
      ['[DONE] in place of message_stop', goodWith(10, 1, 'data: [DONE]\n\n'), WHOLE_TEXT],
    ])('%s', async (_, parts, text) => {
      expect(await streams(parts)).toMatchObject({ outcome: 'error', code: 'bad_stream', text });
    });
  });

  describe('[5] is `truncated` without a message_stop', () => {
    it.each<[string, readonly Part[]]>([
      [
        'message_stop by name, a ping by its JSON',
        goodWith(10, 1, frame('message_stop', '{"type":"ping"}')),
      ],
      [
        'message_stop by name, unknown by its JSON',
        goodWith(10, 1, frame('message_stop', '{"type":"future"}')),
      ],
      ['message_stop without its data', goodWith(10, 1, 'event: message_stop\n\n')],
      ['message_stop in a comment', goodWith(10, 1, ': {"type":"message_stop"}\n\n')],
      [
        'message_stop in capitals',
        goodWith(10, 1, frame('MESSAGE_STOP', '{"type":"MESSAGE_STOP"}')),
      ],
      ['fields in capitals', [goodText.replace(/^data/gm, 'Data')]],
      [
        'an error that lacks its blank line',
        [
          ...GOOD.slice(0, 10),
          'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}',
        ],
      ],
      ['UTF-16', [Buffer.from(goodText, 'utf16le')]],
      [
        'a whole message as one event',
        [frame('message', '{"type":"message","content":[{"type":"text","text":"Hi"}]}')],
      ],
      ['a message as plain JSON', ['{"type":"message","content":[{"type":"text","text":"Hi"}]}']],
    ])('%s', async (_, parts) => {
      const ending = await streams(parts);
      expect(ending).toMatchObject({ outcome: 'error', code: 'truncated' });
      expect(WHOLE_TEXT.startsWith(ending.text)).toBe(true);
    });
  });

  describe('[5] fails with the error that the stream has', () => {
    it('keeps the whole text where the error comes after message_delta', async () => {
      expect(
        await streams([...GOOD.slice(0, 10), errorEvent('overloaded_error', 'Busy'), messageStop]),
      ).toMatchObject({
        code: 'overloaded',
        text: WHOLE_TEXT,
        partial: { content: WHOLE_TEXT, response_metadata: { stop_reason: 'end_turn' } },
      });
    });

    it.each<[string, string, object, RegExp]>([
      [
        'a text for an error',
        '{"type":"error","error":"No marsh"}',
        { code: 'server_error' },
        /No marsh/,
      ],
      [
        'a message that is an object',
        '{"type":"error","error":{"type":"api_error","message":{"a":1}}}',
        { code: 'server_error', type: 'api_error' },
        /api_error/,
      ],
      [
        'an error in an error',
        '{"type":"error","error":{"error":{"type":"overloaded_error","message":"No marsh"}}}',
        { code: 'overloaded' },
        /No marsh/,
      ],
      [
        'an error that is flat',
        '{"type":"overloaded_error","message":"No marsh"}',
        { code: 'overloaded' },
        /No marsh/,
      ],
      ['an error that is null', '{"type":"error","error":null}', { code: 'server_error' }, /null/],
      [
        'an error that is a list',
        '{"type":"error","error":["No marsh"]}',
        { code: 'server_error' },
        /No marsh/,
      ],
      [
        'another type in the JSON',
        '{"type":"message_stop"}',
        { code: 'server_error' },
        /message_stop/,
      ],
      [
        '200,000 deep',
        `{"type":"error","error":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
        { code: 'server_error' },
        /\[\[/,
      ],
    ])('%s', async (_, data, fields, message) => {
      const ending = await streams([...GOOD.slice(0, 3), frame('error', data)]);
      expect(ending).toMatchObject({ outcome: 'error', text: 'Hel', emitted: true, ...fields });
      expect((ending.error as Error).message).toMatch(message);
      expect((ending.error as Error).message.length).toBeLessThan(1200);
    });
  });
});
