import fc from 'fast-check';
import { ResponsesDecoder } from '../../../lib/openai/responses/responses-decoder';
import {
  chatStream,
  decodeStream,
  namedStream,
  type DecodeOptions,
} from '../../support/decode-stream';

const decode = (stream: string, options?: DecodeOptions) =>
  decodeStream((context) => new ResponsesDecoder(context), stream, options);

type Event = { readonly type: string };
const event = (type: string, fields: object = {}): Event => ({
  type: `response.${type}`,
  ...fields,
});
const created = event('created', { response: { id: 'r1', model: 'm', status: 'in_progress' } });
const usage = { input_tokens: 5, output_tokens: 3, output_tokens_details: { reasoning_tokens: 1 } };
const completed = (output: readonly object[] = [], fields: object = {}) =>
  event('completed', {
    response: { id: 'r1', model: 'm', status: 'completed', output, usage, ...fields },
  });

const at = (output_index: number, item_id = `i${String(output_index)}`) => ({
  output_index,
  item_id,
});
const textDelta = (delta: string, place: object = at(0)) =>
  event('output_text.delta', { ...place, delta });
const callItem = (args: string, id = 'f1') => ({
  id,
  type: 'function_call',
  call_id: `call_${id}`,
  name: 'w',
  arguments: args,
});
const added = (output_index: number, item: object) =>
  event('output_item.added', { output_index, item });
const itemDone = (output_index: number, item: object) =>
  event('output_item.done', { output_index, item });
const message = (...content: readonly object[]) => ({
  id: 'm1',
  type: 'message',
  role: 'assistant',
  content,
});
const text = (value: string, annotations: readonly object[] = []) => ({
  type: 'output_text',
  text: value,
  annotations,
});

describe('ResponsesDecoder', () => {
  it('emits one chunk for the head, one for each delta and one for the end', () => {
    const { chunks, message: folded } = decode(
      namedStream(
        created,
        event('in_progress', { response: {} }),
        added(0, message()),
        event('content_part.added', at(0)),
        textDelta('Gold'),
        textDelta('fish'),
        event('output_text.done', { ...at(0), text: 'Goldfish' }),
        itemDone(0, message(text('Goldfish'))),
        completed([message(text('Goldfish'))]),
      ),
    );
    expect(chunks.map(({ content }) => content)).toEqual(['', 'Gold', 'fish', '']);
    expect(folded).toMatchObject({
      text: 'Goldfish',
      finish_reason: 'stop',
      usage_metadata: { input_tokens: 5, output_tokens: 3, total_tokens: 8 },
      response_metadata: { model_provider: 'openai', id: 'r1', model: 'm', status: 'completed' },
    });
  });

  it('needs no names of events, no indexes and no [DONE], and is not disturbed by one', () => {
    const stream = chatStream(
      created,
      { type: 'response.output_text.delta', item_id: 'm1', delta: 'Hi' },
      completed([message(text('Hi'))]),
      '[DONE]',
    );
    expect(decode(stream)).toMatchObject({ complete: true, message: { content: 'Hi' } });
  });

  it('distinguishes items by their index where their ids change with every event', () => {
    const { message: folded } = decode(
      namedStream(
        created,
        added(0, { ...message(), id: 'a' }),
        textDelta('H', at(0, 'b')),
        textDelta('i', at(0, 'c')),
        itemDone(0, { ...message(text('Hi')), id: 'd' }),
        completed([{ ...message(text('Hi')), id: 'e' }]),
      ),
    );
    expect(folded.content).toBe('Hi');
  });

  describe('takes from later events what no delta has brought', () => {
    const call = { type: 'tool_call', id: 'call_f1', name: 'w', args: { city: 'Oslo' } };
    const args = '{"city":"Oslo"}';
    it.each([
      [
        'the done event of the arguments',
        [
          added(0, callItem('')),
          event('function_call_arguments.done', { ...at(0), arguments: args }),
        ],
      ],
      [
        'the rest in the done event',
        [
          added(0, callItem('')),
          event('function_call_arguments.delta', { ...at(0), delta: args.slice(0, 4) }),
          event('function_call_arguments.done', { ...at(0), arguments: args }),
        ],
      ],
      ['the done event of the item', [added(0, callItem('')), itemDone(0, callItem(args))]],
      ['the item alone', [itemDone(0, callItem(args))]],
      ['the final response', []],
    ])('arguments: %s', (_, events) => {
      const { message: folded } = decode(
        namedStream(created, ...events, completed([callItem(args)])),
      );
      expect(folded.tool_calls).toEqual([call]);
      expect(folded.content).toEqual([call]);
    });

    it.each([
      [
        'the done event of the text',
        [event('output_text.done', { ...at(0), content_index: 0, text: 'Hi' })],
      ],
      ['the done event of the item', [itemDone(0, message(text('Hi')))]],
      ['the final response', []],
    ])('text: %s', (_, events) => {
      const { message: folded } = decode(
        namedStream(created, ...events, completed([message(text('Hi'))])),
      );
      expect(folded.content).toBe('Hi');
    });
  });

  it('emits calls in the last chunk only, in the order of their items', () => {
    const { chunks, message: folded } = decode(
      namedStream(
        created,
        added(0, callItem('', 'f1')),
        added(1, callItem('', 'f2')),
        event('function_call_arguments.delta', { ...at(1), delta: '{"n":2}' }),
        event('function_call_arguments.delta', { ...at(0), delta: '{"n":1}' }),
        completed(),
      ),
    );
    expect(folded.tool_calls.map(({ args }) => args)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(chunks.slice(0, -1).every(({ tool_calls }) => tool_calls.length === 0)).toBe(true);
    expect(folded.finish_reason).toBe('tool_call');
  });

  it('makes an object of the text of a custom tool', () => {
    const item = { id: 'c', type: 'custom_tool_call', call_id: 'x', name: 'sql', input: '' };
    const { message: folded } = decode(
      namedStream(
        added(0, item),
        event('custom_tool_call_input.delta', { ...at(0), delta: 'SELECT ' }),
        event('custom_tool_call_input.done', { ...at(0), input: 'SELECT "1"' }),
        completed(),
      ),
    );
    expect(folded.tool_calls).toMatchObject([{ id: 'x', args: { input: 'SELECT "1"' } }]);
  });

  it('keeps reasoning as a block with the item that has to go back', () => {
    const item = {
      id: 'rs',
      type: 'reasoning',
      summary: [
        { type: 'summary_text', text: 'One.' },
        { type: 'summary_text', text: 'Two.' },
      ],
      encrypted_content: 'gAAA',
    };
    const delta = (summary_index: number, value: string) =>
      event('reasoning_summary_text.delta', { ...at(0), summary_index, delta: value });
    const { message: folded } = decode(
      namedStream(
        created,
        added(0, { ...item, summary: [] }),
        delta(0, 'One.'),
        delta(1, 'Two.'),
        itemDone(0, item),
        textDelta('Hi', at(1)),
        completed(),
      ),
    );
    expect(folded.content).toEqual([
      { type: 'thinking', thinking: 'One.\n\nTwo.', item },
      { type: 'text', text: 'Hi' },
    ]);
  });

  it('keeps annotations, refusals, and the items of built-in tools', () => {
    const search = {
      id: 'ws',
      type: 'web_search_call',
      status: 'completed',
      action: { query: 'q' },
    };
    const annotation = { type: 'url_citation', url: 'https://a.example' };
    const { message: folded, unknown } = decode(
      namedStream(
        created,
        event('web_search_call.searching', at(0)),
        itemDone(0, search),
        textDelta('See.', at(1)),
        event('output_text.annotation.added', { ...at(1), annotation }),
        itemDone(1, message(text('See.', [annotation]))),
        event('refusal.delta', { ...at(2), delta: 'No.' }),
        completed(),
      ),
    );
    expect(folded.content).toEqual([
      search,
      { type: 'text', text: 'See.', citations: [annotation] },
      { type: 'refusal', refusal: 'No.' },
    ]);
    expect(folded.finish_reason).toBe('content_filter');
    expect(unknown).toEqual([]);
  });

  it('reports events of unknown types, and goes on', () => {
    const odd = event('new_thing', { x: 1 });
    const { unknown, complete } = decode(namedStream(created, odd, completed()));
    expect([unknown, complete]).toEqual([[odd], true]);
  });

  describe('the end', () => {
    it.each([
      ['max_output_tokens', 'length'],
      ['content_filter', 'content_filter'],
      [undefined, 'length'],
    ])('incomplete by %s is a success that ended by %s', (reason, finish_reason) => {
      const response = {
        id: 'r1',
        incomplete_details: reason === undefined ? null : { reason },
        usage,
      };
      const { message: folded, complete } = decode(
        namedStream(created, textDelta('Half'), event('incomplete', { response })),
      );
      expect([folded.text, folded.finish_reason, complete]).toEqual(['Half', finish_reason, true]);
    });

    it.each([
      [
        'response.failed',
        event('failed', { response: { error: { code: 'server_error', message: 'x' } } }),
      ],
      ['an error with its fields at the top', { type: 'error', code: 'x', message: 'y' }],
      ['an error with an object', { type: 'error', error: { code: 'x', message: 'y' } }],
    ])('%s fails', (_, frame) => {
      const { error, complete } = decode(namedStream(created, textDelta('Hi'), frame));
      expect([(error as { code?: string }).code, complete]).toEqual(['server_error', false]);
    });

    it('without a final response is not proven, whatever came before', () => {
      const stream = namedStream(created, itemDone(0, callItem('{}')));
      const { complete, message: folded } = decode(stream + 'data: [DONE]\n\n');
      expect(complete).toBe(false);
      expect(folded.tool_calls).toEqual([]);
      expect(folded.invalid_tool_calls).toHaveLength(1);
    });

    it('may lack its blank line', () => {
      const stream = namedStream(created, textDelta('Hi'), completed()).slice(0, -2);
      expect(decode(stream).complete).toBe(true);
      expect(decode(stream.slice(0, -4)).complete).toBe(false);
    });
  });

  it('fails by an event that is no JSON', () => {
    expect(decode('data: {"type"\n\n').error).toMatchObject({ code: 'bad_stream' });
  });

  it('makes the same chunks however the stream is cut', () => {
    const stream = namedStream(
      created,
      textDelta('Gold'),
      added(1, callItem('')),
      event('function_call_arguments.delta', { ...at(1), delta: '{"a":"é"}' }),
      textDelta('fish'),
      completed(),
    );
    const wholeAtOnce = decode(stream);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: stream.length }), (cut) => {
        expect(decode(stream, { cut })).toEqual(wholeAtOnce);
      }),
    );
  });
});
