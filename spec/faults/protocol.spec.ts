import type { AIMessage, RunEvent } from 'rxlm';
import type { FaultParams } from '../../lib/testing/anthropic/faults/fault';
import { faultBench, WHOLE_TEXT } from '../support/fault-run';

describe('the protocol', () => {
  const bench = faultBench();
  const once = { options: { maxRetries: 0 } };
  const whole = { outcome: 'complete', text: WHOLE_TEXT };
  const custom = (events: readonly RunEvent[]) =>
    events.filter(({ event }) => event === 'on_custom_event');

  describe('what nobody knows', () => {
    it.each<[string, FaultParams, unknown]>([
      ['first', { before: 0 }, { type: 'future_event', note: 'not yet invented' }],
      ['in the middle', { before: 5 }, { type: 'future_event', note: 'not yet invented' }],
      ['last', { before: 10 }, { type: 'future_event', note: 'not yet invented' }],
      ['that is no JSON', { data: 'from {the} future' }, 'from {the} future'],
      ['without a name', { type: '', data: '{"type":"later"}' }, { type: 'later' }],
    ])('[12] [22] T015 an event %s: reported, and the text intact', async (_, params, data) => {
      const run = bench.run({ baseURL: bench.server.baseUrl('unknown-event', params) });
      expect(await run.ended).toMatchObject(whole);
      expect(custom(run.events)).toEqual([
        expect.objectContaining({ name: 'provider_event', data }),
      ]);
    });

    it('[17] T017 a block: kept as it came', async () => {
      const { outcome, text, message } = await bench.play('unknown-block');
      expect({ outcome, text }).toEqual(whole);
      expect(message.content).toEqual([
        { type: 'text', text: WHOLE_TEXT },
        {
          type: 'hologram',
          beams: 3,
          non_standard: [{ type: 'hologram_delta', beam: 'violet' }],
        },
      ]);
    });

    it('[17] T017 a delta: kept beside the text', async () => {
      const { outcome, text, message } = await bench.play('unknown-delta');
      expect({ outcome, text }).toEqual(whole);
      expect(message.content).toEqual([
        {
          type: 'text',
          text: WHOLE_TEXT,
          non_standard: [{ type: 'sparkle_delta', sparkle: 1 }],
        },
      ]);
    });

    it('[22] T017 a stop reason: passed on verbatim', async () => {
      const { outcome, message } = await bench.play('unknown-stop-reason');
      expect(outcome).toBe('complete');
      expect(message.response_metadata).toMatchObject({ stop_reason: 'tired' });
    });
  });

  it('[12] T018 a thousand pings, before message_start too: not reported, and nothing changed', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('pings') });
    expect(await run.ended).toMatchObject(whole);
    expect(run.chunks).toHaveLength(7);
    expect(custom(run.events)).toEqual([]);
  });

  describe('errors in the stream', () => {
    it.each([
      ['overloaded_error', 'overloaded', 529, true],
      ['rate_limit_error', 'rate_limited', 429, true],
      ['api_error', 'server_error', 500, true],
      ['timeout_error', 'server_error', 408, true],
      ['authentication_error', 'unauthorized', 401, false],
      ['invalid_request_error', 'invalid_request', 400, false],
      ['error_of_the_future', 'server_error', 500, true],
    ])('[5] T020 %s after "Hel": %s (%d)', async (type, code, status, retryable) => {
      expect(await bench.play('error-after', { type })).toMatchObject({
        outcome: 'error',
        code,
        status,
        type,
        retryable,
        emitted: true,
        text: 'Hel',
        partial: { content: 'Hel', usage_metadata: { input_tokens: 3 } },
      });
      expect(bench.requests()).toHaveLength(1);
    });

    it('[5] T021 data that is no JSON: an error all the same, and not much of it', async () => {
      const ending = await bench.play('error-not-json');
      expect(ending).toMatchObject({ code: 'server_error', type: undefined, text: 'Hel' });
      expect((ending.error as Error).message).toContain('upstream! upstream!');
      expect((ending.error as Error).message.length).toBeLessThan(1024 + 100);
    });
  });

  describe('bodies that end too early', () => {
    it.each([
      [1, ''],
      [2, ''],
      [3, 'Hel'],
      [5, 'Hello'],
      [8, WHOLE_TEXT],
      [9, WHOLE_TEXT],
      [10, WHOLE_TEXT],
    ])('[5] T022 after %d events: truncated, with exactly what came', async (events, text) => {
      expect(await bench.play('end-after', { events })).toMatchObject({
        outcome: 'error',
        code: 'truncated',
        emitted: true,
        text,
        partial: { content: text },
      });
      expect(bench.requests()).toHaveLength(1);
    });

    it('[5] T023 without a byte: truncated, nothing emitted', async () => {
      expect(await bench.play('empty-body', {}, once)).toMatchObject({
        code: 'truncated',
        emitted: false,
        partial: undefined,
        retryable: true,
      });
    });

    it.each(['reset', 'hang-up', 'bad-chunk', 'short-body'] as const)(
      '[4] T024 by %s: the connection was lost, with what came and with its cause',
      async (name) => {
        const ending = await bench.play(name);
        expect(ending).toMatchObject({
          code: 'connection',
          emitted: true,
          text: 'Hel',
          partial: { content: 'Hel' },
        });
        expect((ending.error as Error).message).toMatch(/\([A-Z_]{5,}\)/);
        expect((ending.error as Error).cause).toBeDefined();
        expect(bench.requests()).toHaveLength(1);
      },
    );

    it('[5] T025 inside a character: truncated, and nothing broken emitted', async () => {
      expect(await bench.play('cut-in-character')).toMatchObject({
        code: 'truncated',
        text: 'Hello wörld ',
        partial: { content: 'Hello wörld ' },
      });
    });

    it('[5] [16] T025 inside tool input: truncated, and no call that could be run', async () => {
      const { code, partial, message } = await bench.play('tool-cut');
      expect(code).toBe('truncated');
      expect(message.tool_calls).toEqual([]);
      expect(partial?.tool_calls).toEqual([]);
      expect(partial?.invalid_tool_calls).toMatchObject([
        { name: 'open_file', args: '{"path":"a.txt","mode":"rec' },
      ]);
    });
  });

  describe('tool calls', () => {
    it('[16] T026 complete: one call, with its block’s stop and not before', async () => {
      const run = bench.run({ baseURL: bench.server.baseUrl('tool-call') });
      const { outcome, message } = await run.ended;
      expect(outcome).toBe('complete');
      const call = { name: 'open_file', args: { path: 'a.txt', mode: 'read' } };
      expect(message.tool_calls).toMatchObject([call]);
      expect(message.response_metadata).toMatchObject({ stop_reason: 'tool_use' });
      const ready = run.chunks.filter(({ tool_calls }) => tool_calls.length > 0);
      expect(ready).toEqual([run.chunks.at(-2)]);
    });

    it('[16] T026 without arguments: an empty object', async () => {
      const { message } = await bench.play('tool-no-args');
      expect(message.tool_calls).toMatchObject([{ name: 'list_files', args: {} }]);
    });

    it.each([1, 0])('[27] T039 200,000 deep, closed or not (%d): `limit`', async (closed) => {
      expect(await bench.play('tool-deep', { closed })).toMatchObject({
        code: 'limit',
        text: 'I look.',
        partial: { content: [{ type: 'text', text: 'I look.' }, { type: 'tool_use' }] },
      });
    });

    it('[17] T039 an unknown event 200,000 deep: reported as its text, which can be serialised', async () => {
      const run = bench.run({ baseURL: bench.server.baseUrl('deep-json', { where: 'event' }) });
      expect(await run.ended).toMatchObject(whole);
      expect(custom(run.events)).toMatchObject([{ data: expect.stringMatching(/^\{.*\[\[\[/) }]);
      expect(JSON.stringify(run.events)).toContain('[[[');
    });

    it('[27] T039 a block 200,000 deep: `limit`, and the text delivered', async () => {
      const ending = await bench.play('deep-json', { where: 'block' });
      expect(ending).toMatchObject({ code: 'limit', text: WHOLE_TEXT });
      expect(JSON.stringify(ending.partial)).toContain(WHOLE_TEXT);
    });

    it.each([
      '{"a":1,}}}',
      '{"a":1',
      '{"a":1 2}',
      '{a:1}',
      "{'a':1}",
      '{"a":01}',
      '{"a":.5}',
      '{"a":NaN}',
      '{"a":tru}',
      '{"a":"\t"}',
      '{"a":1}{"b":2}',
      '[1,2]',
      '"open"',
      'null',
      '5',
    ])(
      '[16] T040 input %s: an invalid call with its text, and the message complete',
      async (json) => {
        const { outcome, message } = await bench.play('tool-json', { json });
        expect(outcome).toBe('complete');
        expect(message.tool_calls).toEqual([]);
        expect(message.invalid_tool_calls).toMatchObject([{ name: 'open_file', args: json }]);
        expect(message.text).toBe('I look.');
      },
    );
  });

  it.each(['after-stop', 'second-message', 'keep-open', 'noise-after-stop'] as const)(
    '[24] T028 %s: complete once, and what follows ignored',
    async (name) => {
      const run = bench.run({ baseURL: bench.server.baseUrl(name) });
      expect(await run.ended).toMatchObject(whole);
      expect(run.chunks).toHaveLength(7);
      expect(run.events.filter(({ event }) => event.endsWith('_end'))).toHaveLength(1);
      if (name !== 'after-stop' && name !== 'second-message')
        await bench.expectClosed(bench.requests()[0]!, run.endedAt);
    },
  );

  it('[24] T028 a flood after message_stop: closed after a little of it', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('noise-after-stop', { ms: 0 }) });
    expect(await run.ended).toMatchObject(whole);
    await bench.expectClosed(bench.requests()[0]!, run.endedAt);
  });

  it('[23] T029 interleaved blocks: each with its own text', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('interleaved') });
    const { outcome, message } = await run.ended;
    expect(outcome).toBe('complete');
    expect(message.content).toEqual([
      { type: 'text', text: 'Aa' },
      { type: 'text', text: 'Bb' },
    ]);
    const pieces = run.chunks.flatMap(({ content }) => (content === '' ? [] : [content]));
    expect(pieces.slice(0, 4)).toEqual([
      'A',
      ...['B', 'a', 'b'].map((text) => [{ index: text === 'a' ? 0 : 1, type: 'text', text }]),
    ]);
  });

  describe('indexes and orders that could mix texts', () => {
    it.each(['5', '-1', '1.5', '"0"', 'null', '4294967290', '1e400', '"__proto__"', '[0]', '{}'])(
      '[23] T031 the index %s: `bad_stream`',
      async (index) => {
        expect(await bench.play('block-index', { index })).toMatchObject({
          code: 'bad_stream',
          emitted: true,
          retryable: false,
          text: '',
        });
        expect(bench.requests()).toHaveLength(1);
      },
    );

    it.each([
      ['T031', 'duplicate-block-start', 'Hello'],
      ['T032', 'orphan-delta', 'Hello'],
      ['T032', 'orphan-stop', 'Hello'],
      ['T032', 'delta-after-block-stop', WHOLE_TEXT],
      ['T032', 'delta-before-message', ''],
      ['T032', 'spliced-message-start', 'Hello'],
    ] as const)('[23] %s %s: `bad_stream`, after %j', async (_, name, text) => {
      const ending = await bench.play(name);
      expect(ending).toMatchObject({ outcome: 'error', code: 'bad_stream', text });
      expect(ending.partial?.text ?? '').toBe(text);
    });

    it('[23] T031 more blocks than any message has: `bad_stream`', async () => {
      const play = (count: number) => bench.play('many-blocks', { count }, { listen: false });
      expect(await play(10_002)).toMatchObject({ code: 'bad_stream' });
      expect(await play(1000)).toMatchObject({ outcome: 'complete', text: 'x'.repeat(1000) });
    });

    it('[23] T032 no message_start: complete, one warning, no id and no model', async () => {
      const { outcome, text, message } = await bench.play('no-message-start');
      expect({ outcome, text }).toEqual(whole);
      expect(message.response_metadata).not.toHaveProperty('id');
      expect(message.response_metadata.warnings).toContainEqual({
        code: 'message_start_missing',
        message: expect.any(String),
      });
    });

    it('[23] T032 the same message_start again: ignored', async () => {
      const run = bench.run({ baseURL: bench.server.baseUrl('repeated-message-start') });
      expect(await run.ended).toMatchObject(whole);
      expect(run.chunks).toHaveLength(7);
    });

    it('[5] T032 no stop of a text block: the provider says that the message is complete', async () => {
      expect(await bench.play('no-block-stop')).toMatchObject(whole);
    });
  });

  describe('odd metadata', () => {
    it.each([
      ['start', { output_tokens: 7 }],
      ['end', { input_tokens: 3, output_tokens: 1 }],
      ['both', undefined],
    ])('[23] T034 usage missing at %s: complete, one warning', async (where, usage) => {
      const { outcome, text, message } = await bench.play('usage-missing', { where });
      expect({ outcome, text }).toEqual(whole);
      expect(message.usage_metadata).toEqual(usage && expect.objectContaining(usage));
      if (where === 'start') expect(message.usage_metadata).not.toHaveProperty('input_tokens');
      expect(message.response_metadata.warnings).toEqual([
        { code: 'usage_missing', message: expect.any(String) },
      ]);
    });

    it.each([
      '1e999',
      '-5',
      '-1e999',
      '"7"',
      'null',
      '9007199254740993',
      '1.5',
      '[]',
      '{}',
      'true',
    ])('[15] T035 a count of %s: complete, and no total that is invalid', async (value) => {
      const { outcome, text, message } = await bench.play('usage-odd', { value });
      expect({ outcome, text }).toEqual(whole);
      for (const counts of [message.usage_metadata, message.response_metadata['usage']])
        for (const key of ['input_tokens', 'output_tokens', 'total_tokens'])
          expect(counts ?? {}).not.toHaveProperty(key);
    });

    it('[23] T034 no message_delta: complete, without a stop reason', async () => {
      const { outcome, text, message } = await bench.play('no-message-delta');
      expect({ outcome, text }).toEqual(whole);
      expect(message.response_metadata).not.toHaveProperty('stop_reason');
    });
  });

  it.each([
    undefined,
    'NaN',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":NaN}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"private"}}}',
    "{'type':'content_block_delta','private':1}",
    'null',
    '"private"',
    'private',
  ])(
    '[21] [23] T036 data of a known event %s: `bad_stream`, and nothing of it shown',
    async (data) => {
      const run = bench.run({
        baseURL: bench.server.baseUrl('invalid-json', data === undefined ? {} : { data }),
      });
      expect(await run.ended).toMatchObject({
        code: 'bad_stream',
        text: 'Hello',
        partial: { content: 'Hello' },
      });
      expect(run.shown()).not.toContain('private');
    },
  );

  it('[17] T037 hostile keys everywhere: data, and nothing inherited', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('proto-keys') });
    const { outcome, text, message } = await run.ended;
    expect({ outcome, text }).toEqual({ outcome: 'complete', text: 'Hello' });
    const args = message.tool_calls[0]?.args ?? {};
    expect(Object.keys(args)).toEqual(['__proto__', 'constructor', 'toString']);
    const objects: object[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      objects.push(value);
      for (const key of Object.keys(value))
        visit(Object.getOwnPropertyDescriptor(value, key)?.value);
    };
    visit([message, run.chunks, run.events]);
    expect(objects.length).toBeGreaterThan(50);
    const inherits = ({ polluted }: { polluted?: unknown }) => polluted !== undefined;
    expect(
      objects.filter((object) => inherits(object) && !Object.hasOwn(object, 'polluted')),
    ).toEqual([]);
  });

  it('[13] gives by invoke what its chunks fold to, and nothing for what failed', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('interleaved') });
    const { message } = await run.ended;
    const plain = ({ id: _, ...rest }: AIMessage) => JSON.stringify(rest);
    expect(plain(await run.model.invoke('Hi'))).toBe(plain(message));
    const cut = bench.run({ baseURL: bench.server.baseUrl('end-after', { events: 8 }) });
    await cut.ended;
    await expect(cut.model.invoke('Hi')).rejects.toMatchObject({
      code: 'truncated',
      partial: { content: WHOLE_TEXT },
    });
  });
});
