import { gzipSync } from 'node:zlib';
import type { RunEvent } from 'rxlm';
import { startLoopbackServer, type LoopbackServer } from '../../lib/testing/http/loopback-server';
import { playbackOf } from '../../lib/testing/anthropic/playback';
import { type Part, Stage } from '../../lib/testing/anthropic/faults/fault-exchange';
import { encodeBody, frameText } from '../../lib/testing/http/frame';
import { GOOD, goodStart } from '../../lib/testing/anthropic/recordings/good-answer';
import {
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  jsonDelta,
  messageDelta,
  messageStart,
  messageStop,
  textDelta,
  type WireEvent,
} from '../../lib/testing/anthropic/wire-event';
import { faultBench, type FaultRunOptions, WHOLE_TEXT } from '../support/fault-run';

const goodText = Buffer.from(encodeBody(GOOD)).toString();
const raw = (type: string, data: string) => frameText(type, data);
const TEXT = { type: 'text', text: '' };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'dig', input: {} };
const usage = { input_tokens: 3, output_tokens: 1 };

/** GOOD with some of its events replaced; GOOD's own doc counts them. */
const goodWith = (at: number, count: number, ...parts: Part[]): Part[] =>
  ([...GOOD] as Part[]).toSpliced(at, count, ...parts);

/** A message of one block that is a call, with these deltas. */
const callOf = (block: object, ...pieces: string[]): WireEvent[] => [
  goodStart(),
  blockStart(0, block),
  ...pieces.map((piece) => jsonDelta(0, piece)),
  blockStop(0),
  messageDelta('tool_use', { output_tokens: 7 }),
  messageStop,
];

describe('further faults', () => {
  const bench = faultBench();
  let server: LoopbackServer;
  let play: (stage: Stage) => Promise<unknown>;
  beforeAll(async () => {
    const playback = playbackOf({});
    server = await startLoopbackServer((exchange) => play(new Stage(exchange, '', playback)));
  });
  afterAll(() => server.close());

  const whole = { outcome: 'complete', text: WHOLE_TEXT };
  const once = { maxRetries: 0, timeouts: { idle: 500 } };
  const run = (how: typeof play, settings: Partial<FaultRunOptions> = {}) => {
    play = how;
    return bench.run({ baseURL: server.url, options: once, ...settings });
  };
  const streams = (parts: readonly Part[], headers?: Record<string, string>) =>
    run((stage) => stage.stream(parts, headers)).ended;
  /** Answers past HTTP, and closes. */
  const says = (head: string, ...body: (string | readonly WireEvent[])[]) =>
    run(async ({ exchange }) => {
      exchange.writeRaw(`${head}\r\n\r\n`);
      for (const part of body)
        exchange.writeRaw(
          typeof part === 'string' ? part : Buffer.from(encodeBody(part)).toString(),
        );
      await exchange.hangUp();
    }).ended;
  const SSE = 'content-type: text/event-stream';

  describe('[22] lawful oddities: the whole message', () => {
    it.each<[string, readonly Part[]]>([
      ['`data:` and `event:` without the space', [goodText.replace(/^(data|event): /gm, '$1:')]],
      ['a blank behind an event’s name', [goodText.replace(/^(event: \w+)$/gm, '$1 ')]],
      ['a comment of 7 MB', goodWith(5, 0, `:${'z'.repeat(7_000_000)}\n\n`)],
      ['1,000 blank lines', goodWith(5, 0, '\n'.repeat(1000))],
      [
        'events without a name and with nothing in them',
        goodWith(5, 0, 'data:\n\ndata: \ndata\n\n'),
      ],
      [
        'a ping with null, with nothing, and with no JSON',
        goodWith(5, 0, raw('ping', 'null'), raw('ping', ''), raw('ping', 'pong')),
      ],
      ['a ping by name only', goodWith(5, 0, raw('ping', '{}'))],
      ['an event that is named and has no data', goodWith(5, 0, 'event: message_stop\n\n')],
      ['JSON that is no object, without a name', goodWith(5, 0, 'data: null\n\ndata: 5\n\n')],
      [
        'names that say something else than the JSON',
        [goodText.replace(/^event: .*$/gm, 'event: content_block_delta')],
      ],
      [
        'JSON in another order, with blanks',
        goodWith(
          3,
          1,
          raw(
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
          raw(
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
      expect(ending).toMatchObject(whole);
      expect(ending.message.text).toBe(WHOLE_TEXT);
    });
  });

  describe('[23] odd metadata: the whole message', () => {
    it.each<[string, readonly Part[], object]>([
      [
        'message_delta twice: the later stands',
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
      expect(ending).toMatchObject(whole);
      expect(ending.message.response_metadata).toMatchObject(metadata);
      const counts = JSON.stringify(ending.message.usage_metadata);
      expect(counts).toMatch(/^\{("\w+":(\d+|\{("\w+":\d+,?)*\}),?)*\}$/);
    });

    it('usage that the end tells anew: the later, in the metadata too', async () => {
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

  describe('[23] what could mix texts: `bad_stream`', () => {
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

  describe('[5] no message_stop: never success', () => {
    it.each<[string, readonly Part[]]>([
      [
        'message_stop by name, a ping by its JSON',
        goodWith(10, 1, raw('message_stop', '{"type":"ping"}')),
      ],
      [
        'message_stop by name, unknown by its JSON',
        goodWith(10, 1, raw('message_stop', '{"type":"future"}')),
      ],
      ['message_stop without its data', goodWith(10, 1, 'event: message_stop\n\n')],
      ['message_stop in a comment', goodWith(10, 1, ': {"type":"message_stop"}\n\n')],
      ['message_stop in capitals', goodWith(10, 1, raw('MESSAGE_STOP', '{"type":"MESSAGE_STOP"}'))],
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
        [raw('message', '{"type":"message","content":[{"type":"text","text":"Hi"}]}')],
      ],
      ['a message as plain JSON', ['{"type":"message","content":[{"type":"text","text":"Hi"}]}']],
    ])('%s: truncated', async (_, parts) => {
      const ending = await streams(parts);
      expect(ending).toMatchObject({ outcome: 'error', code: 'truncated' });
      expect(WHOLE_TEXT.startsWith(ending.text)).toBe(true);
    });
  });

  describe('[5] errors in the stream', () => {
    it('after message_delta: the error, with the whole text', async () => {
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
      const ending = await streams([...GOOD.slice(0, 3), raw('error', data)]);
      expect(ending).toMatchObject({ outcome: 'error', text: 'Hel', emitted: true, ...fields });
      expect((ending.error as Error).message).toMatch(message);
      expect((ending.error as Error).message.length).toBeLessThan(1200);
    });
  });

  describe('[16] tool calls', () => {
    const args = { deep: true };
    it.each<[string, WireEvent[], object]>([
      ['no `input` at the start', callOf({ ...CALL, input: undefined }, '{"deep":', 'true}'), args],
      ['an `input` that is null', callOf({ ...CALL, input: null }, '{"deep":true}'), args],
      ['an `input` that is a text', callOf({ ...CALL, input: '' }, '{"deep":true}'), args],
      ['the whole `input` at the start', callOf({ ...CALL, input: args }), args],
      ['an id that is a number', callOf({ ...CALL, id: 5 }, '{"deep":true}'), args],
      ['no input at all', callOf({ ...CALL, input: undefined }), {}],
      ['blanks around it', callOf(CALL, ' \n{"deep"', ':true}\t'), args],
    ])('%s: ready', async (_, parts, ready) => {
      const { outcome, message } = await streams(parts);
      expect(outcome).toBe('complete');
      expect(message.tool_calls).toMatchObject([{ type: 'tool_call', name: 'dig', args: ready }]);
      expect(message.invalid_tool_calls).toEqual([]);
    });

    it('a call whose block never stops: not ready, though the message is complete', async () => {
      const parts = callOf(CALL, '{"deep":true}').filter(
        ({ type }) => type !== 'content_block_stop',
      );
      const { outcome, message } = await streams(parts);
      expect(outcome).toBe('complete');
      expect(message.tool_calls).toEqual([]);
      expect(message.invalid_tool_calls).toMatchObject([{ name: 'dig', args: '{"deep":true}' }]);
    });

    it('[27] input that is too deep and comes with its block: `limit`', async () => {
      const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
      expect(await streams(callOf({ ...CALL, input: { a: deep(300) } }))).toMatchObject({
        code: 'limit',
      });
    });

    it('[17] a block that nobody knows, with an `input` of its own kind: kept', async () => {
      for (const input of ['lava', [1, 2], 5, { heat: 9 }]) {
        const block = { type: 'volcano', input };
        const { message } = await streams(goodWith(9, 0, blockStart(1, block), blockStop(1)));
        expect(message.content).toEqual([{ type: 'text', text: WHOLE_TEXT }, block]);
      }
    });
  });

  describe('HTTP', () => {
    it.each([
      ['HTTP/1.0, delimited by the close', 'HTTP/1.0 200 OK'],
      ['HTTP/1.1, delimited by the close', 'HTTP/1.1 200 OK\r\nconnection: close'],
      ['early hints first', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK'],
      ['206', 'HTTP/1.1 206 Partial Content'],
      ['a reason that is long', `HTTP/1.1 200 ${'OK '.repeat(100)}`],
      ['the content type twice', `HTTP/1.1 200 OK\r\n${SSE}`],
      ['a content length that is too long', 'HTTP/1.1 200 OK\r\ncontent-length: 99999'],
      [
        'a content length that is right',
        `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${String(Buffer.byteLength(goodText))}`,
      ],
    ])('[5] %s: the whole message', async (_, head) => {
      expect(await says(`${head}\r\n${SSE}`, GOOD)).toMatchObject(whole);
    });

    it('[5] HTTP/1.0, closed too early: truncated', async () => {
      expect(await says(`HTTP/1.0 200 OK\r\n${SSE}`, GOOD.slice(0, 3))).toMatchObject({
        code: 'truncated',
        text: 'Hel',
      });
    });

    it('[5] a content length that is too short: truncated', async () => {
      const head = `HTTP/1.1 200 OK\r\ncontent-length: 900\r\n${SSE}`;
      const ending = await says(head, goodText.slice(0, 900));
      expect(ending).toMatchObject({ outcome: 'error', code: 'truncated', emitted: true });
    });

    it.each([
      [204, 'truncated'],
      [205, 'truncated'],
      [304, 'redirect'],
      [418, 'invalid_request'],
      [451, 'invalid_request'],
      [511, 'server_error'],
      [599, 'server_error'],
    ])('[5] status %d without a body: %s', async (status, code) => {
      const ending = await run(async ({ exchange }) => {
        exchange.head(status, { 'content-type': 'text/event-stream' });
        await exchange.end();
      }).ended;
      expect(ending).toMatchObject({ outcome: 'error', code, emitted: false });
    });

    it.each([
      'HTTP/1.1 999 What',
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/9.9 200 OK',
      'HTTP/1.1 20 OK',
    ])('[5] %s: an error, and nothing thrown anywhere', async (line) => {
      const ending = await says(`${line}\r\n${SSE}\r\ncontent-length: 2`, '{}');
      expect(ending).toMatchObject({ outcome: 'error', emitted: false, text: '' });
    });

    it('[25] an event stream that stays open and says nothing: the clock, and one request', async () => {
      const { length } = server.requests;
      const ending = await run(
        (stage) => {
          stage.open();
          return stage.silence();
        },
        { options: { timeouts: { idle: 300 } } },
      ).ended;
      expect(ending).toMatchObject({ code: 'timeout', phase: 'idle', emitted: false });
      expect(server.requests).toHaveLength(length + 1);
    });

    it('[27] one event of 200 MB in gzip: `limit`, and closed', async () => {
      const piece = gzipSync('x'.repeat(1_000_000));
      const bomb = run(
        (stage) =>
          stage.stream([gzipSync('data: '), ...Array<Buffer>(200).fill(piece)], {
            'content-encoding': 'gzip',
          }),
        { listen: false },
      );
      expect(await bomb.ended).toMatchObject({ code: 'limit', emitted: false });
    });

    it('[27] an error whose body is 200 MB in gzip: the error, and little of the body', async () => {
      const piece = gzipSync('x'.repeat(1_000_000));
      const ending = await run(async (stage) => {
        stage.exchange.head(503, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
        await stage.send(Array<Buffer>(200).fill(piece));
        await stage.exchange.end();
      }).ended;
      expect(ending).toMatchObject({ code: 'server_error', status: 503 });
      expect((ending.error as Error).message.length).toBeLessThan(1200);
    });

    it.each([
      ['', 'invalid_request'],
      ['{"error":"No marsh"}', 'invalid_request'],
      ['{"message":"No marsh"}', 'invalid_request'],
      ['[]', 'invalid_request'],
      ['{"error":{"type":"rate_limit_error"}}', 'rate_limited'],
      ['\u0000\ufffd', 'invalid_request'],
    ])('[5] a 400 that says %j: typed', async (body, code) => {
      const ending = await run(async (stage) => {
        stage.exchange.head(400, { 'content-type': 'application/json' });
        await stage.send([body]);
        await stage.exchange.end();
      }).ended;
      expect(ending).toMatchObject({ code, status: 400 });
    });
  });

  it('[12] tells what it does not know, and that only', async () => {
    const told = run((stage) =>
      stage.stream(
        goodWith(
          5,
          0,
          raw('future', '{"type":"future","deep":{"a":[1]}}'),
          'data: 5\n\n',
          raw('ping', 'x'),
        ),
      ),
    );
    expect(await told.ended).toMatchObject(whole);
    const custom = told.events.filter(({ event }) => event === 'on_custom_event');
    expect(custom.map(({ data }: RunEvent) => data)).toEqual([
      { type: 'future', deep: { a: [1] } },
      5,
    ]);
  });
});
