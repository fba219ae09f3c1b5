import type { RunEvent } from 'rxlm';
import type { Part } from '../../lib/testing/anthropic/faults/fault-exchange';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import {
  blockStart,
  messageDelta,
  messageStart,
  messageStop,
  textDelta,
} from '../../lib/testing/anthropic/wire-event';
import { WHOLE_TEXT } from '../support/fault-run';
import { frame, goodText, goodWith, playedServer, wholeAnswer } from '../support/played-server';

const usage = { input_tokens: 3, output_tokens: 1 };

describe('a valid stream in an unusual form', () => {
  const { run, streams } = playedServer();

  describe('[22] gives the whole message for an unusual but valid stream', () => {
    it.each<[string, readonly Part[]]>([
      ['`data:` and `event:` without the space', [goodText.replace(/^(data|event): /gm, '$1:')]],
      ['a blank behind an event’s name', [goodText.replace(/^(event: \w+)$/gm, '$1 ')]],
      ['a comment of 7 MB', goodWith(5, 0, `:${'z'.repeat(7_000_000)}\n\n`)],
      ['1,000 blank lines', goodWith(5, 0, '\n'.repeat(1000))],
      ['events without a name and without content', goodWith(5, 0, 'data:\n\ndata: \ndata\n\n')],
      [
        'a ping with null, with nothing, and with no JSON',
        goodWith(5, 0, frame('ping', 'null'), frame('ping', ''), frame('ping', 'pong')),
      ],
      ['a ping by name only', goodWith(5, 0, frame('ping', '{}'))],
      ['a named event without data', goodWith(5, 0, 'event: message_stop\n\n')],
      ['JSON that is no object, without a name', goodWith(5, 0, 'data: null\n\ndata: 5\n\n')],
      [
        'names that differ from the type in the JSON',
        [goodText.replace(/^event: .*$/gm, 'event: content_block_delta')],
      ],
      [
        'JSON in another order, with blanks',
        goodWith(
          3,
          1,
          frame(
            'content_block_delta',
            ' { "delta" : { "text" : "lo" , "type":"text_delta" } , "index":0, "type" : "content_block_delta" } ',
          ),
        ),
      ],
      ['fields of the future', [goodText.replaceAll('"type":"', '"since":{"v":[2]},"type":"')]],
      [
        'letters as escapes',
        goodWith(
          3,
          1,
          frame(
            'content_block_delta',
            String.raw`{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\u006c\u006F"}}`,
          ),
        ),
      ],
      [
        'a text block whose text is null',
        goodWith(1, 1, blockStart(0, { type: 'text', text: null })),
      ],
      ['a text block without a text', goodWith(1, 1, blockStart(0, { type: 'text' }))],
      ['empty deltas', goodWith(3, 0, textDelta(0, ''), textDelta(0, ''))],
      [
        'message_start with content null',
        goodWith(0, 1, messageStart({ id: 'm', content: null, usage })),
      ],
      [
        'message_start with an id that is a number',
        goodWith(0, 1, messageStart({ id: 5, usage }), messageStart({ id: 5, usage })),
      ],
      [
        'message_start with an empty message',
        goodWith(0, 1, { type: 'message_start', message: {} }),
      ],
      ['garbage after message_stop', [...GOOD, Buffer.from([0xff, 0x00, 0xfe]), 'data: {"type":']],
      ['message_stop twice', [...GOOD, messageStop]],
      ['[DONE] after message_stop', [...GOOD, 'data: [DONE]\n\n']],
    ])('%s', async (_, parts) => {
      const ending = await streams(parts);
      expect(ending).toMatchObject(wholeAnswer);
      expect(ending.message.text).toBe(WHOLE_TEXT);
    });
  });

  describe('[23] gives the whole message for unusual metadata', () => {
    it.each<[string, readonly Part[], object]>([
      [
        'message_delta twice: the later one counts',
        goodWith(9, 0, messageDelta('max_tokens', { output_tokens: 5 })),
        { stop_reason: 'end_turn' },
      ],
      ['no stop reason', goodWith(9, 1, { type: 'message_delta', delta: {}, usage }), {}],
      ['no delta in it', goodWith(9, 1, { type: 'message_delta', usage }), {}],
      ['a delta that is null', goodWith(9, 1, { type: 'message_delta', delta: null, usage }), {}],
      [
        'a delta that is a text',
        goodWith(9, 1, { type: 'message_delta', delta: 'end', usage }),
        {},
      ],
      [
        'a stop reason that is a number',
        goodWith(9, 1, { type: 'message_delta', delta: { stop_reason: 5 }, usage }),
        { stop_reason: 5 },
      ],
      ...[
        [],
        [1, 2],
        'many',
        5,
        true,
        { output_tokens: {} },
        { output_tokens_details: { thinking_tokens: -1 } },
        { output_tokens_details: 'x' },
      ].map((odd): [string, readonly Part[], object] => [
        `usage ${JSON.stringify(odd)}`,
        goodWith(9, 1, { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: odd }),
        { stop_reason: 'end_turn' },
      ]),
    ])('%s', async (_, parts, metadata) => {
      const ending = await streams(parts);
      expect(ending).toMatchObject(wholeAnswer);
      expect(ending.message.response_metadata).toMatchObject(metadata);
      const counts = JSON.stringify(ending.message.usage_metadata);
      expect(counts).toMatch(/^\{("\w+":(\d+|\{("\w+":\d+,?)*\}),?)*\}$/);
    });

    it('takes the usage of the end, in the metadata too', async () => {
      const tools = (n: number) => ({ ...usage, server_tool_use: { web_search_requests: n } });
      const { message } = await streams([
        messageStart({ id: 'm', usage: tools(0) }),
        messageDelta('end_turn', tools(2)),
        messageStop,
      ]);
      expect(message.response_metadata['usage']).toEqual({
        server_tool_use: { web_search_requests: 2 },
      });
    });
  });

  it('[12] emits a custom event for each event that it does not know, and for no other', async () => {
    const played = run((stage) =>
      stage.stream(
        goodWith(
          5,
          0,
          frame('future', '{"type":"future","deep":{"a":[1]}}'),
          'data: 5\n\n',
          frame('ping', 'x'),
        ),
      ),
    );
    expect(await played.ended).toMatchObject(wholeAnswer);
    const custom = played.events.filter(({ event }) => event === 'on_custom_event');
    expect(custom.map(({ data }: RunEvent) => data)).toEqual([
      { type: 'future', deep: { a: [1] } },
      5,
    ]);
  });
});
