import type { FaultParams } from '../../lib/testing/anthropic/faults/fault';
import type { FaultName } from '../../lib/testing/anthropic/faults/all-faults';
import { faultBench, WHOLE_TEXT } from '../support/fault-run';
import { inOwnProcess } from '../support/own-process';

jest.setTimeout(120_000);

const MB = 1_000_000;

describe('the wire', () => {
  const bench = faultBench();
  const whole = { outcome: 'complete', text: WHOLE_TEXT };

  type Play = readonly [string, FaultName, FaultParams];
  const sound: readonly Play[] = [
    ['T001 a byte order mark at the start', 'leading-bom', {}],
    ['T001 a byte order mark before `event:`', 'stray-bom', {}],
    ['T001 ids, retry times and unknown fields', 'odd-fields', {}],
    ['T002 LF', 'newlines', { kind: 'lf' }],
    ['T002 CR LF', 'newlines', { kind: 'crlf' }],
    ['T002 CR', 'newlines', { kind: 'cr' }],
    ['T002 all line ends in turn', 'newlines', { kind: 'mixed' }],
    ['T002 one write a byte', 'byte-by-byte', {}],
    ['T003 a comment before every line, a thousand between', 'comments', {}],
    ['T004 no `event:` lines', 'no-event-lines', {}],
    ['T004 no type in the JSON', 'no-json-type', {}],
    ['T005 JSON over many `data:` lines', 'pretty-printed', {}],
    ['T011 gzip', 'encoded', { encoding: 'gzip' }],
    ['T011 br', 'encoded', { encoding: 'br' }],
    ['T011 deflate', 'encoded', { encoding: 'deflate' }],
    ['T013 text/event-stream', 'content-type', { type: 'text/event-stream' }],
    ['T013 text/event-stream;', 'content-type', { type: 'text/event-stream;' }],
    ['T013 in capitals', 'content-type', { type: 'Text/Event-Stream; Charset=UTF-8' }],
    [
      'T013 another charset, which counts for nothing',
      'content-type',
      { type: 'text/event-stream;charset=windows-1252' },
    ],
  ];

  it.each(sound)('[22] %s: the whole message', async (_, name, params) => {
    const ending = await bench.play(name, params);
    expect(ending).toMatchObject(whole);
    expect(ending.message).toMatchObject({
      content: WHOLE_TEXT,
      usage_metadata: { input_tokens: 3, output_tokens: 7, total_tokens: 10 },
      response_metadata: { stop_reason: 'end_turn' },
    });
    expect(ending.message.response_metadata).not.toHaveProperty('warnings');
    expect(bench.requests()).toHaveLength(1);
  });

  it('[12] T002 makes seven chunks of the eleven events, and reports each once', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('good') });
    await run.ended;
    const recorded = run.events.map(({ event }) => event.replace('on_chat_model_', ''));
    expect(recorded).toEqual(['start', ...Array<string>(7).fill('stream'), 'end']);
  });

  it('[22] T001 a byte order mark before `data:` loses that line, and nothing else', async () => {
    expect(await bench.play('stray-bom', { line: 'data' })).toMatchObject({
      outcome: 'complete',
      text: WHOLE_TEXT.replace(' wörld ', ''),
    });
  });

  it('[22] T001 parted anywhere, as sockets part it', async () => {
    const places = Array.from({ length: 40 }, (_, i) => 1 + i * 37);
    const endings = await Promise.all(places.map((bytes) => bench.play('split-at', { bytes })));
    expect(endings.filter(({ text }) => text !== WHOLE_TEXT)).toEqual([]);
    expect(endings.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
  });

  it.each([0, 1])(
    'T006 %d of two line ends after message_stop: complete, with a warning',
    async (newlines) => {
      const ending = await bench.play('no-final-blank-line', { newlines });
      expect(ending).toMatchObject(whole);
      expect(ending.message.response_metadata.warnings).toEqual([
        { code: 'unterminated', message: expect.any(String) },
      ]);
    },
  );

  it('[5] T006 cut inside the JSON of message_stop: truncated', async () => {
    for (const bytes of [-3, -4, -10, -30])
      expect(await bench.play('cut-at', { bytes })).toMatchObject({
        outcome: 'error',
        code: 'truncated',
        text: WHOLE_TEXT,
        partial: { content: WHOLE_TEXT },
      });
  });

  it('[27] T007 an event of 8 MB and a byte: `limit`, with what came before it', async () => {
    expect(await bench.play('large-event', { bytes: 8 * MB + 1 }, { listen: false })).toMatchObject(
      {
        code: 'limit',
        text: WHOLE_TEXT,
        partial: { content: WHOLE_TEXT },
      },
    );
  });

  it('[27] T007 an event that is larger by far: closed while it comes', async () => {
    const run = bench.run({
      baseURL: bench.server.baseUrl('large-event', { bytes: 64 * MB }),
      listen: false,
    });
    expect(await run.ended).toMatchObject({ code: 'limit' });
    await bench.expectClosed(bench.requests()[0]!, run.endedAt);
  });

  it('[27] T007 an event of 2 MB, and one of 8 MB: taken', async () => {
    for (const bytes of [2 * MB, 8 * MB])
      expect(await bench.play('large-event', { bytes }, { listen: false })).toMatchObject({
        outcome: 'complete',
      });
  });

  it('[27] T007 tool input of 4 MB and a byte: `limit`', async () => {
    const play = (bytes: number) => bench.play('tool-large', { bytes }, { listen: false });
    expect(await play(4 * MB + 1)).toMatchObject({ code: 'limit', text: 'I look.' });
    expect(await play(4 * MB)).toMatchObject({ outcome: 'complete' });
  });

  it.each(['data', 'event', 'comment', 'unknown'])(
    '[27] T008 a line of `%s` that never ends: `limit`, in bounded memory',
    async (field) => {
      const { baseUrl } = bench.server;
      const recorded = await inOwnProcess(
        'run',
        baseUrl('good'),
        baseUrl('endless-line', { field }),
      );
      expect(recorded).toMatchObject({ outcome: 'limit', err: '' });
      expect(recorded.growth).toBeLessThan(56 * MB);
    },
  );

  it('[27] T008 an event that never ends: `limit`, in bounded memory', async () => {
    const { baseUrl } = bench.server;
    const recorded = await inOwnProcess('run', baseUrl('good'), baseUrl('endless-event'));
    expect(recorded).toMatchObject({ outcome: 'limit', err: '' });
    expect(recorded.growth).toBeLessThan(56 * MB);
  });

  it('[27] T009 an event of 32 MB, where that is allowed: in little time', async () => {
    const { baseUrl } = bench.server;
    const url = baseUrl('large-event', { bytes: 32 * MB });
    const options = JSON.stringify({ limits: { event: 40 * MB } });
    const recorded = await inOwnProcess('run', baseUrl('good'), url, options);
    expect(recorded).toMatchObject({ outcome: 'complete', err: '' });
    // Reading it in quadratic time takes twenty seconds and more.
    expect(recorded.cpuMs).toBeLessThan(5000);
  });

  it('[13] T010 100,000 deltas: all of them, in bounded memory', async () => {
    const { baseUrl } = bench.server;
    const recorded = await inOwnProcess('run', baseUrl('good'), baseUrl('many-deltas'));
    expect(recorded).toMatchObject({ outcome: 'complete', count: 100_002, err: '' });
    expect(recorded.growth).toBeLessThan(150 * MB);
    expect(recorded.heapGrowth).toBeLessThan(10 * MB);
  });

  it.each(['gzip', 'br', 'deflate'])(
    '[5] T011 half of a body in %s: no success',
    async (encoding) => {
      const ending = await bench.play(
        'encoded-cut',
        { encoding },
        { options: { maxRetries: 0, timeouts: { idle: 1000 } } },
      );
      expect(ending.outcome).toBe('error');
      expect(['truncated', 'connection', 'timeout']).toContain(ending.code);
      expect(WHOLE_TEXT.startsWith(ending.text)).toBe(true);
    },
  );

  it.each(['gzip', 'br', 'deflate'])(
    '[25] T011 plain text that says it is %s: an error, if only by the clock',
    async (encoding) => {
      const ending = await bench.play(
        'encoding-mismatch',
        { encoding },
        { options: { maxRetries: 0, timeouts: { idle: 1000 } } },
      );
      expect(ending).toMatchObject({ outcome: 'error', text: '' });
      expect(['truncated', 'connection', 'timeout']).toContain(ending.code);
    },
  );

  it.each(['deltas', 'long', 'tiny', 'event', 'tool'])(
    '[27] T011 a gzip bomb of 200 MB of %s: `limit`, in bounded memory, and released',
    async (of) => {
      const { baseUrl } = bench.server;
      const recorded = await inOwnProcess('run', baseUrl('good'), baseUrl('gzip-bomb', { of }));
      expect(recorded).toMatchObject({ outcome: 'limit', resources: [], err: '' });
      // The message so far, which the error carries, has come to the limit by then.
      expect(recorded.growth).toBeLessThan(64 * MB);
      expect(recorded.heapGrowth).toBeLessThan(10 * MB);
    },
  );

  it('[27] T011 a gzip bomb: closed at once', async () => {
    // More than one read of the socket: of a response that has come whole there is nothing to close.
    const baseURL = bench.server.baseUrl('gzip-bomb', { megabytes: 2000 });
    const run = bench.run({ baseURL, listen: false });
    expect(await run.ended).toMatchObject({ code: 'limit' });
    await bench.expectClosed(bench.requests()[0]!, run.endedAt);
  });

  it.each(['text/html', 'application/json', 'text/plain', 'text/event-streams', ''])(
    '[28] T013 content type "%s": `content_type`, with the status and a sample',
    async (type) => {
      const ending = await bench.play('content-type', { type });
      expect(ending).toMatchObject({ code: 'content_type', status: 200, emitted: false });
      const { message } = ending.error as Error;
      expect(message).toContain('event: message_start');
      expect(message.length).toBeLessThan(1024 + 200);
      expect(bench.requests()).toHaveLength(1);
    },
  );

  it.each(['login-page', 'json-body', 'no-content'] as const)(
    '[28] T013 %s: `content_type`',
    async (name) => {
      const ending = await bench.play(name);
      expect(ending).toMatchObject({
        code: 'content_type',
        status: name === 'no-content' ? 204 : 200,
      });
      expect((ending.error as Error).message.length).toBeLessThan(1024 + 200);
    },
  );

  it('[22] T014 a byte that is no UTF-8: U+FFFD, and on it goes', async () => {
    expect(await bench.play('invalid-utf8')).toMatchObject({
      outcome: 'complete',
      text: WHOLE_TEXT.replace('ö', '\ufffd'),
    });
  });

  it('[22] T014 half a surrogate pair, escaped: as it came', async () => {
    expect(await bench.play('lone-surrogate')).toMatchObject({
      outcome: 'complete',
      text: `${WHOLE_TEXT}\ud83d`,
    });
  });

  it('[24] T002 lets the connection be used again', async () => {
    const sockets = new Set<unknown>();
    let runs = 0;
    // The body ends in the background, sooner or later.
    for (; sockets.size === runs && runs < 20; runs++) {
      await bench.play('good');
      sockets.add(bench.requests().at(-1)!.closed);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sockets.size).toBeLessThan(runs);
    expect(bench.requests().every(({ closedAt }) => closedAt === undefined)).toBe(true);
  });
});
