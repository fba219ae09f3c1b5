import fc from 'fast-check';
import { ChatDecoder } from '../../../lib/openai/chat/chat-decoder';
import { chatStream, decodeStream, type DecodeOptions } from '../../support/decode-stream';

const decode = (stream: string, options?: DecodeOptions) =>
  decodeStream((context) => new ChatDecoder(context), stream, options);

/** A chunk as OpenAI writes it, with one choice. */
const chunk = (delta: object | null, rest: object = {}, fields: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, ...(delta === null ? {} : { delta }), finish_reason: null, ...rest }],
  ...fields,
});
const begin = chunk({ role: 'assistant', content: '' });
const finish = (finish_reason: string, fields: object = {}) => chunk({}, { finish_reason }, fields);
const call = (piece: object) => chunk({ tool_calls: [piece] });
const done = '[DONE]';
const oslo = { type: 'tool_call', id: 'a', name: 'w', args: { city: 'Oslo' } };
const rome = { type: 'tool_call', id: 'b', name: 'w', args: { city: 'Rome' } };
const whole = (id: string, city: string, fields: object = {}) => ({
  id,
  type: 'function',
  function: { name: 'w', arguments: `{"city":"${city}"}` },
  ...fields,
});

describe('ChatDecoder', () => {
  it('emits one chunk for the head, one for each delta and one for the end', () => {
    const { chunks, message } = decode(
      chatStream(
        begin,
        chunk({ content: 'Gold' }),
        chunk({ content: 'fish' }),
        finish('stop'),
        { ...begin, choices: [], usage: { prompt_tokens: 5, completion_tokens: 2 } },
        done,
      ),
    );
    expect(chunks.map(({ content }) => content)).toEqual(['', 'Gold', 'fish', '']);
    expect(message).toMatchObject({
      text: 'Goldfish',
      finish_reason: 'stop',
      usage_metadata: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
      response_metadata: { model_provider: 'openai', id: 'c1', model: 'm', finish_reason: 'stop' },
    });
  });

  describe('proof of success', () => {
    it.each([
      ['a finish_reason and [DONE]', [finish('stop'), done]],
      ['a finish_reason alone', [finish('stop')]],
      ['[DONE] alone', [done]],
    ])('is %s', (_, end) => {
      const { complete, error } = decode(chatStream(begin, chunk({ content: 'Hi' }), ...end));
      expect([complete, error]).toEqual([true, undefined]);
    });

    it.each([
      ['nothing at all', []],
      ['an empty finish_reason', [finish('')]],
    ])('is not %s', (_, end) => {
      const { complete, message } = decode(chatStream(begin, chunk({ content: 'Half' }), ...end));
      expect(complete).toBe(false);
      expect(message.text).toBe('Half');
    });

    it('is an end without a blank line, with a warning, but not one that is cut within its JSON', () => {
      const head = chatStream(begin, chunk({ content: 'Hi' }));
      const last = `data: ${JSON.stringify(finish('stop'))}`;
      const { complete, message } = decode(head + last);
      expect(complete).toBe(true);
      expect(message.response_metadata.warnings).toContainEqual(
        expect.objectContaining({ code: 'unterminated' }),
      );
      expect(decode(head + last.slice(0, -3)).complete).toBe(false);
    });

    it('leaves the calls of a cut answer unfinished, however whole they look', () => {
      const { complete, message } = decode(
        chatStream(begin, call({ index: 0, ...whole('a', 'Oslo') })),
      );
      expect(complete).toBe(false);
      expect(message.tool_calls).toEqual([]);
      expect(message.invalid_tool_calls).toHaveLength(1);
    });
  });

  it.each([
    ['alone', { error: { message: 'busy', code: 503 } }],
    ['as a text', { error: 'busy' }],
    ['beside choices', { ...finish('error'), error: { message: 'busy', code: 502 } }],
    ['within a choice', chunk({}, { error: { message: 'busy' } })],
    ['as the reason of a finish', finish('overloaded_error')],
  ])('fails by an error %s, also behind a finish_reason', (_, frame) => {
    const { error, complete } = decode(
      chatStream(begin, chunk({ content: 'Hi' }), finish('length'), frame, done),
    );
    expect(error).toMatchObject({ code: 'server_error' });
    expect(complete).toBe(false);
  });

  it('fails by an event that is named error', () => {
    const stream = chatStream(begin) + 'event: error\ndata: {"message":"busy"}\n\n';
    expect(decode(stream).error).toMatchObject({ code: 'server_error' });
  });

  it.each([
    ['no JSON', 'data: {"choices":[\n\n'],
    ['no object', 'data: 7\n\n'],
  ])('fails by an event that is %s, and shows nothing of it', (_, event) => {
    const { error } = decode(chatStream(begin) + event);
    expect(error).toMatchObject({ code: 'bad_stream' });
    expect(String(error)).not.toContain('choices');
  });

  describe('calls', () => {
    it.each([
      [
        'with indexes, in pieces',
        [
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '' } }),
          call({ index: 1, id: 'b', function: { name: 'w', arguments: '{"city":' } }),
          call({ index: 0, function: { arguments: '{"city":"Oslo"}' } }),
          call({ index: 1, function: { arguments: '"Rome"}' } }),
        ],
      ],
      ['without indexes', [call(whole('a', 'Oslo')), call(whole('b', 'Rome'))]],
      [
        'all at index 0',
        [call({ index: 0, ...whole('a', 'Oslo') }), call({ index: 0, ...whole('b', 'Rome') })],
      ],
      [
        'all at index 0, in pieces without ids',
        [
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '{"city":' } }),
          call({ index: 0, function: { arguments: '"Oslo"}' } }),
          call({ index: 0, id: 'b', function: { name: 'w', arguments: '{"city":' } }),
          call({ index: 0, id: '', function: { name: '', arguments: '"Rome"}' } }),
        ],
      ],
      [
        'from index 1 on',
        [call({ index: 1, ...whole('a', 'Oslo') }), call({ index: 2, ...whole('b', 'Rome') })],
      ],
      [
        'with their heads twice',
        [
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '' } }),
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '{"city":"Oslo"}' } }),
          call({ index: 1, ...whole('b', 'Rome') }),
        ],
      ],
      [
        'with "null" for an id in later pieces',
        [
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '{"city":"Oslo' } }),
          call({ index: 0, id: 'null', function: { arguments: '"}' } }),
          call({ index: 1, ...whole('b', 'Rome') }),
        ],
      ],
      [
        'with objects for arguments',
        [
          call({ index: 0, id: 'a', function: { name: 'w', arguments: { city: 'Oslo' } } }),
          call({ index: 1, id: 'b', function: { name: 'w', arguments: { city: 'Rome' } } }),
        ],
      ],
    ])('are kept apart %s', (_, pieces) => {
      const { message } = decode(chatStream(begin, ...pieces, finish('tool_calls'), done));
      expect(message.tool_calls).toEqual([oslo, rome]);
      expect(message.finish_reason).toBe('tool_call');
    });

    it('emits calls in the last chunk only, and their pieces before', () => {
      const { chunks } = decode(
        chatStream(begin, call({ index: 0, ...whole('a', 'Oslo') }), finish('tool_calls'), done),
      );
      expect(chunks.map(({ tool_calls }) => tool_calls.length)).toEqual([0, 0, 1]);
      expect(chunks[1]?.tool_call_chunks).toEqual([
        { index: 0, id: 'a', name: 'w', args: '{"city":"Oslo"}' },
      ]);
    });

    it('gives a call without an id one of at most 40 characters, the same in all chunks', () => {
      const { chunks, message } = decode(
        chatStream(begin, call({ index: 0, function: { name: 'w', arguments: '' } }), done),
      );
      const [made] = message.tool_calls;
      expect(made).toMatchObject({ name: 'w', args: {} });
      expect(made?.id).toMatch(/^call_[a-zA-Z0-9_]{1,35}$/);
      expect(chunks[1]?.tool_call_chunks[0]?.id).toBe(made?.id);
    });

    it('distinguishes two calls without ids by their names', () => {
      const { message } = decode(
        chatStream(
          begin,
          call({ function: { name: 'w', arguments: '{"city":"Oslo"}' } }),
          call({ function: { name: 'v', arguments: '{}' } }),
          done,
        ),
      );
      expect(message.tool_calls.map(({ name }) => name)).toEqual(['w', 'v']);
      expect(new Set(message.tool_calls.map(({ id }) => id)).size).toBe(2);
    });

    it('takes a number for an id, and a call in the old form', () => {
      const { message } = decode(
        chatStream(
          begin,
          call({ index: 0, id: 7, function: { name: 'w', arguments: '{}' } }),
          chunk({ function_call: { name: '', arguments: '' } }),
          done,
        ),
      );
      expect(message.tool_calls).toEqual([{ type: 'tool_call', id: '7', name: 'w', args: {} }]);
      const old = decode(
        chatStream(chunk({ function_call: { name: 'w', arguments: '{}' } }), done),
      );
      expect(old.message.tool_calls).toMatchObject([{ name: 'w' }]);
    });

    it('makes an object of the text of a custom tool', () => {
      const { message, chunks } = decode(
        chatStream(
          call({ index: 0, id: 'a', type: 'custom', custom: { name: 'sql', input: 'SELECT "' } }),
          call({ index: 0, custom: { input: 'x"\n' } }),
          done,
        ),
      );
      expect(message.tool_calls).toMatchObject([{ name: 'sql', args: { input: 'SELECT "x"\n' } }]);
      expect(chunks[1]?.tool_call_chunks[0]?.args).toBe('{"input":"SELECT \\"');
    });

    it('keeps arguments that are no JSON object as what they are', () => {
      const { message } = decode(
        chatStream(
          call({ index: 0, id: 'a', function: { name: 'w', arguments: '{"city":' } }),
          done,
        ),
      );
      expect(message.tool_calls).toEqual([]);
      expect(message.invalid_tool_calls).toMatchObject([{ id: 'a', args: '{"city":' }]);
    });

    it('keeps what has to go back with a call', () => {
      const { message } = decode(
        chatStream(call({ ...whole('a', 'Oslo'), extra_content: { google: { s: 'x' } } }), done),
      );
      expect(message.additional_kwargs).toEqual({
        tool_call_extras: { a: { google: { s: 'x' } } },
      });
    });

    it('fails where arguments are longer or deeper than the limits', () => {
      const stream = chatStream(
        call({ index: 0, id: 'a', function: { name: 'w', arguments: '[[[[1' } }),
      );
      expect(decode(stream, { limits: { toolJson: 4 } }).error).toMatchObject({ code: 'limit' });
      expect(decode(stream, { limits: { toolJsonDepth: 3 } }).error).toMatchObject({
        code: 'limit',
      });
    });
  });

  describe('finish_reason', () => {
    it.each([
      ['stop', 'stop', []],
      ['length', 'length', []],
      ['content_filter', 'content_filter', []],
      ['stop', 'tool_call', [call(whole('a', 'Oslo'))]],
      ['function_call', 'tool_call', [call(whole('a', 'Oslo'))]],
      ['insufficient_system_resource', undefined, []],
    ])('%s is %s', (word, neutral, pieces) => {
      const { message } = decode(chatStream(begin, ...pieces, finish(word), done));
      expect(message.finish_reason).toBe(neutral);
      expect(message.response_metadata['finish_reason']).toBe(word);
    });

    it('is the first, however often it comes, and never stop over tool_calls', () => {
      const twice = decode(chatStream(begin, finish('length'), finish('stop'), done));
      expect(twice.message.response_metadata['finish_reason']).toBe('length');
      const late = decode(chatStream(begin, finish('stop'), finish('tool_calls'), done));
      expect(late.message.response_metadata['finish_reason']).toBe('tool_calls');
    });

    it('is content_filter for a refusal, whose text is kept', () => {
      const { message } = decode(
        chatStream(
          begin,
          chunk({ refusal: 'I ' }),
          chunk({ refusal: 'cannot.' }),
          finish('stop'),
          done,
        ),
      );
      expect(message).toMatchObject({
        text: '',
        content: [{ type: 'refusal', refusal: 'I cannot.' }],
        finish_reason: 'content_filter',
        additional_kwargs: { refusal: 'I cannot.' },
      });
    });
  });

  describe('reasoning', () => {
    it.each(['reasoning', 'reasoning_content'])('in %s is a block of its own', (field) => {
      const { message } = decode(
        chatStream(
          begin,
          chunk({ [field]: 'H' }),
          chunk({ [field]: 'm' }),
          chunk({ content: 'Hi' }),
          done,
        ),
      );
      expect(message.content).toEqual([
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Hi' },
      ]);
      expect(message.additional_kwargs).toEqual({ [field]: 'Hm' });
    });

    it('that stands in two fields is read once, and its details go back as they came', () => {
      const detail = (text: string) => ({ type: 'reasoning.text', text, index: 0, format: null });
      const { message } = decode(
        chatStream(
          chunk({ reasoning: 'H', reasoning_content: 'H', reasoning_details: [detail('H')] }),
          chunk({ reasoning: 'm', reasoning_content: 'm', reasoning_details: [detail('m')] }),
          chunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x', index: 1 }] }),
          done,
        ),
      );
      expect(message.content).toEqual([{ type: 'thinking', thinking: 'Hm' }]);
      expect(message.additional_kwargs['reasoning_details']).toEqual([
        detail('Hm'),
        { type: 'reasoning.encrypted', data: 'x', index: 1 },
      ]);
    });

    it('may be a part of the content, as at Mistral', () => {
      const { message } = decode(
        chatStream(
          chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] }),
          chunk({
            content: [
              { type: 'text', text: 'Hi' },
              { type: 'reference', ids: [1] },
            ],
          }),
          chunk({ content: '!' }),
          done,
        ),
      );
      expect(message.content).toEqual([
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Hi' },
        { type: 'reference', ids: [1] },
        { type: 'text', text: '!' },
      ]);
    });
  });

  describe('what is odd', () => {
    it.each([
      [
        'null for what is absent',
        chunk({ content: 'Hi', role: null, tool_calls: null, refusal: null }),
      ],
      [
        'a whole message beside the delta',
        chunk({ content: 'Hi' }, { message: { content: 'Hi Hi' } }),
      ],
      [
        'another choice',
        {
          ...begin,
          choices: [
            { index: 1, delta: { content: 'B' } },
            { index: 0, delta: { content: 'Hi' } },
          ],
        },
      ],
      ['no index', { ...begin, choices: [{ delta: { content: 'Hi' } }] }],
    ])('%s does no harm', (_, odd) => {
      const { message, complete } = decode(chatStream(odd, finish('stop'), done));
      expect([message.content, complete]).toEqual(['Hi', true]);
    });

    it.each([
      ['no choices', { ...begin, choices: undefined }],
      ['null for choices', { ...begin, choices: null }],
      [
        'empty choices, id and model',
        { ...begin, id: '', model: '', choices: [], prompt_filter_results: [1] },
      ],
      ['an empty event', ''],
      ['no delta', chunk(null)],
    ])('%s emits no text', (_, odd) => {
      const { message } = decode(chatStream(odd, chunk({ content: 'Hi' }), finish('stop'), done));
      expect(message).toMatchObject({ content: 'Hi', response_metadata: { id: 'c1', model: 'm' } });
    });

    it('reads CRLF, comments, a byte order mark, and no space behind the colon', () => {
      const stream = '\uFEFF: hello\r\n\r\n' + chatStream(chunk({ content: 'Hi' }), finish('stop'));
      const { message } = decode(stream.replace(/data: /g, 'data:').replace(/\n/g, '\r\n'));
      expect(message.text).toBe('Hi');
    });
  });

  it('keeps annotations as citations, pictures as blocks, sounds as one block', () => {
    const { message } = decode(
      chatStream(
        chunk({ content: 'See.' }),
        chunk({ annotations: [{ type: 'url_citation', url: 'https://a.example' }] }),
        chunk({ images: [{ type: 'image_url', image_url: { url: 'data:,x' } }] }),
        chunk({ audio: { id: 's', data: 'AA', transcript: 'h' } }),
        chunk({ audio: { data: 'BB', transcript: 'i' } }),
        done,
      ),
    );
    expect(message.content).toEqual([
      {
        type: 'text',
        text: 'See.',
        citations: [{ type: 'url_citation', url: 'https://a.example' }],
      },
      { type: 'image_url', image_url: { url: 'data:,x' } },
      { type: 'audio', id: 's', data: 'AABB', transcript: 'hi' },
    ]);
  });

  it('collects log probabilities, and keeps the last of what describes the message', () => {
    const logprob = (token: string) => ({ logprobs: { content: [{ token }] } });
    const { message } = decode(
      chatStream(
        chunk({ content: 'a' }, logprob('a'), { citations: ['1'] }),
        chunk({ content: 'b' }, logprob('b'), { citations: ['1', '2'], service_tier: 'default' }),
        finish('stop'),
      ),
    );
    expect(message.response_metadata).toMatchObject({
      logprobs: { content: [{ token: 'a' }, { token: 'b' }] },
      citations: ['1', '2'],
      service_tier: 'default',
    });
  });

  it('takes the last usage, wherever it stands, and warns if there is none', () => {
    const usage = (completion_tokens: number) => ({
      usage: { prompt_tokens: 5, completion_tokens },
    });
    const grown = decode(
      chatStream(chunk({ content: 'a' }, {}, usage(1)), finish('stop', usage(3)), done),
    );
    expect(grown.message.usage_metadata).toMatchObject({ output_tokens: 3, total_tokens: 8 });
    const groq = decode(chatStream(finish('stop', { x_groq: usage(2) }), done));
    expect(groq.message.usage_metadata).toMatchObject({ output_tokens: 2 });
    const none = decode(chatStream(finish('stop'), done));
    expect(none.message.response_metadata.warnings).toMatchObject([{ code: 'usage_missing' }]);
  });

  it('keeps __proto__ as data', () => {
    const args = '{"__proto__":{"x":1}}';
    const { message } = decode(
      chatStream(call({ index: 0, id: 'a', function: { name: 'w', arguments: args } }), done),
    );
    expect(JSON.stringify(message.tool_calls[0]?.args)).toBe(args);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('makes the same chunks however the stream is cut, with and without reading by bytes', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((content) => chunk({ content })),
      fc.string().map((content) => chunk({ content }, {}, { obfuscation: 'aB3' })),
      fc.string().map((reasoning_content) => chunk({ reasoning_content, content: null })),
      fc
        .string()
        .map((args) => call({ index: 0, id: 'a', function: { name: 'w', arguments: args } })),
      fc.constant(chunk({ content: 'x' }, { logprobs: { content: [{ token: 'x' }] } })),
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.integer({ min: 1, max: 40 }), (list, cut) => {
        const stream = chatStream(begin, ...list, finish('stop'), done);
        const general = decode(stream, { fast: false });
        expect(decode(stream)).toEqual({ ...general, frequent: expect.any(Number) });
        expect(decode(stream, { cut })).toEqual({ ...general, frequent: expect.any(Number) });
      }),
    );
  });

  it('reads most chunks of a plain answer by their bytes', () => {
    const texts = Array.from({ length: 50 }, (_, index) => `word ${String(index)}, "quoted" `);
    const stream = chatStream(begin, ...texts.map((content) => chunk({ content })), finish('stop'));
    const { message, frequent } = decode(stream);
    expect(message.text).toBe(texts.join(''));
    expect(frequent).toBe(texts.length - 1);
  });
});
