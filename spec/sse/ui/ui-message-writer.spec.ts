import { AIMessage } from '../../../lib/messages/ai-message.js';
import {
  AIMessageChunk,
  type AIMessageChunkFields,
} from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { UIMessageWriter } from '../../../lib/sse/ui/ui-message-writer.js';
import { checkUIOptions, type UIMessageStreamOptions } from '../../../lib/sse/ui/ui-options.js';
import { event, streamEvent } from '../../operators/event.js';

const chunk = (content: string, more: Partial<AIMessageChunkFields> = {}) =>
  new AIMessageChunk({ content, ...more });
const usage = (input_tokens: number, output_tokens: number) => ({ input_tokens, output_tokens });
const call = (id: string) => ({ type: 'tool_call' as const, id, name: 'add', args: {} });
const answer = (id: string, content = '2') => new ToolMessage({ content, tool_call_id: id });
const writerOf = (options: UIMessageStreamOptions = {}) =>
  new UIMessageWriter(checkUIOptions(options));
/** The types of what a writer reports of some values and of the end. */
const typesOf = (...values: unknown[]) => {
  const writer = writerOf();
  const recorded = [...values.flatMap((value) => [...writer.add(value)]), ...writer.end()];
  return recorded.map(({ type }) => type);
};

describe('UIMessageWriter', () => {
  it('reports a turn as a step', () => {
    expect(typesOf(chunk('', { id: 'm' }), chunk('gold', { id: 'm' }))).toEqual([
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
    expect(typesOf()).toEqual(['finish']);
  });

  it.each([
    ['texts', 'gold'],
    ['a whole message', new AIMessage('gold')],
    ['plain data of a chunk', JSON.parse(JSON.stringify(chunk('gold')))],
  ])('takes %s', (_, value) => {
    expect(typesOf(value)).toContain('text-delta');
  });

  it('reports the results of tools within the turn that called them', () => {
    expect(
      typesOf(
        chunk('', { id: 'm', tool_calls: [call('a'), call('b')] }),
        answer('a'),
        answer('b'),
        chunk('2', { id: 'n' }),
      ),
    ).toEqual([
      'start-step',
      'tool-input-available',
      'tool-input-available',
      'tool-output-available',
      'tool-output-available',
      'finish-step',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
  });

  it('begins a turn after results also where no message has an id', () => {
    const types = typesOf(chunk('', { tool_calls: [call('a')] }), answer('a'), chunk('2'));
    expect(types.filter((type) => type === 'start-step')).toHaveLength(2);
  });

  it('asks for metadata at the start and at the finish, with what all turns have cost', () => {
    const moments: unknown[] = [];
    const writer = writerOf({
      messageId: 'fixed',
      messageMetadata: (moment) => {
        moments.push(moment);
        return moment.phase === 'finish' ? { tokens: moment.usage?.output_tokens } : undefined;
      },
    });
    expect([...writer.start()]).toEqual([{ type: 'start', messageId: 'fixed' }]);
    const turn = (id: string) =>
      chunk(id, {
        id,
        usage_metadata: usage(3, 2),
        finish_reason: 'length',
      });
    for (const id of 'mn') Array.from(writer.add(turn(id)));
    expect([...writer.end()].at(-1)).toEqual({
      type: 'finish',
      finishReason: 'length',
      messageMetadata: { tokens: 4 },
    });
    expect(moments).toEqual([
      { phase: 'start' },
      { phase: 'finish', finishReason: 'length', usage: usage(6, 4) },
    ]);
  });

  it('ends what is open before an error, and reports no more after it', () => {
    const writer = writerOf({ errorText: (error) => `told: ${String(error)}` });
    Array.from(
      writer.add(
        chunk('gold', { tool_call_chunks: [{ index: 1, id: 'a', name: 'add', args: '' }] }),
      ),
    );
    expect([...writer.fail('lost')]).toEqual([
      { type: 'text-end', id: 'text-1' },
      {
        type: 'tool-input-error',
        toolCallId: 'a',
        toolName: 'add',
        input: '',
        errorText: 'The call was not finished.',
      },
      { type: 'error', errorText: 'told: lost' },
    ]);
    expect([...writer.add('more'), ...writer.end(), ...writer.fail('again')]).toEqual([]);
  });

  it('reports an abort as that', () => {
    expect([...writerOf().fail(AbortSignal.abort().reason)]).toEqual([{ type: 'abort' }]);
  });

  it.each([null, undefined, 5, {}, { type: 'human' }])('takes nothing from %p', (value) => {
    expect(typesOf(value)).toEqual(['finish']);
  });

  describe('of events', () => {
    const inner = { run_id: 'i', parent_ids: ['r'] };

    it('reports the chunks of the root, and results as soon as there are any', () => {
      expect(
        typesOf(
          event('on_chain_start'),
          event('on_chat_model_start', inner),
          event('on_chat_model_stream', { ...inner, data: { chunk: chunk('inner') } }),
          streamEvent(chunk('', { tool_calls: [call('a')] }), 'r', 'chain'),
          event('on_tool_start', inner),
          event('on_tool_end', { ...inner, data: { output: answer('a') } }),
          streamEvent(answer('a'), 'r', 'chain'),
          event('on_chain_end'),
        ),
      ).toEqual([
        'start-step',
        'tool-input-available',
        'tool-output-available',
        'finish-step',
        'finish',
      ]);
    });

    it('reports the custom events that it was asked for', () => {
      const custom = (name: string) => event('on_custom_event', { name, data: { n: 1 } });
      const writer = writerOf({ customEvents: ['progress'] });
      expect([...writer.add(custom('progress')), ...writer.add(custom('secret'))]).toEqual([
        { type: 'data-progress', data: { n: 1 } },
      ]);
    });

    it('reports a cancellation as an abort, and the error of a log of events', () => {
      const writer = writerOf();
      Array.from(writer.add(event('on_chain_start')));
      expect([...writer.add(event('on_chain_cancel'))]).toEqual([{ type: 'abort' }]);
      expect([...writer.fail(new Error('the reason'))]).toEqual([]);
      const log = writerOf();
      Array.from(log.add(event('on_chain_error', { data: { error: { message: 'secret' } } })));
      expect([...log.end()]).toEqual([{ type: 'error', errorText: 'Something went wrong.' }]);
    });
  });
});
