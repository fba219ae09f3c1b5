import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { mergingOf } from '../../../lib/operators/internal/merge-adjacent.js';
import { event, streamEvent } from '../event.js';

const chunk = (content: string, id = 'm') => new AIMessageChunk({ id, content });
const toolMessage = new ToolMessage({ content: '21 °C', tool_call_id: 'c' });

function merge(...[first, ...rest]: unknown[]): unknown {
  const merging = mergingOf(first);
  return merging !== undefined && rest.every((next) => merging.add(next)) ? merging.merged : 'none';
}

describe('mergingOf', () => {
  it('appends strings, empty ones too', () => {
    expect(merge('gold', '', 'fish')).toBe('goldfish');
    expect(merge('', 'a')).toBe('a');
  });

  it('merges message chunks where nothing is lost', () => {
    expect(merge(chunk('gold'), chunk('fish'))).toStrictEqual(chunk('goldfish'));
    expect(merge(chunk('gold'), chunk('fish', 'n'))).toBe('none');
  });

  it('merges the events of one run that report such chunks, and keeps the last one', () => {
    const first = { ...streamEvent(chunk('gold')), id: 7 };
    const last = { ...streamEvent(chunk('fish')), id: 8 };
    expect(merge(first, last)).toStrictEqual({ ...last, data: { chunk: chunk('goldfish') } });
    expect(merge(streamEvent('a', 'r', 'parser'), streamEvent('b', 'r', 'parser'))).toStrictEqual(
      streamEvent('ab', 'r', 'parser'),
    );
  });

  it.each<[string, unknown, unknown]>([
    ['runs', streamEvent(chunk('a')), streamEvent(chunk('b'), 's')],
    ['kinds of event', streamEvent('a'), streamEvent('b', 'r', 'chain')],
    ['messages of a run', streamEvent(chunk('a')), streamEvent(chunk('b', 'n'))],
    ['a chunk and an ending', streamEvent(chunk('a')), event('on_chat_model_end')],
    ['a custom event and another', event('on_custom_event'), event('on_custom_event')],
    ['chunks that are data', streamEvent({ a: 1 }), streamEvent({ a: 2 })],
    ['a string and a message chunk', 'a', chunk('b')],
    ['an event and its chunk', streamEvent(chunk('a')), chunk('b')],
    ['a tool message and a chunk', toolMessage, chunk('a')],
    ['two tool messages', toolMessage, toolMessage],
    ['an event that has no run', { event: 'on_x_stream' }, { event: 'on_x_stream' }],
    ['an event by another name', { event: 1, run_id: 'r' }, { event: 1, run_id: 'r' }],
    ['numbers', 1, 2],
    ['nothing', null, undefined],
  ])('[19] does not merge %s', (_what, a, b) => {
    expect(merge(a, b)).toBe('none');
    expect(merge(b, a)).toBe('none');
  });
});
