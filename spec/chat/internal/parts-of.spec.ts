import { AIMessage } from '../../../lib/messages/ai-message.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { GrowingCalls } from '../../../lib/chat/internal/growing-calls.js';
import { partsOf } from '../../../lib/chat/internal/parts-of.js';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { callOf } from '../../support/scripted-model.js';

const turn = new AIMessage({
  content: [
    { type: 'thinking', thinking: 'Hm' },
    { type: 'text', text: 'I look.', citations: [{ url: 'https://a.example', title: 'A' }] },
    { type: 'tool_use', id: 'b', name: 'echo' },
    { type: 'tool_use', id: 'a', name: 'echo' },
    { type: 'image', url: 'https://a.example/x.png' },
  ],
  tool_calls: [callOf('a'), callOf('b'), callOf('beside')],
});
const result = new ToolMessage({ content: '1', tool_call_id: 'a' });
const last = new AIMessage('Done.');

function callsOf(...messages: readonly (AIMessage | ToolMessage)[]) {
  const calls = new GrowingCalls(undefined);
  for (const message of messages)
    if (message.type === 'ai') calls.add(new AIMessageChunk(message));
    else calls.answer(message);
  return calls;
}

describe('partsOf', () => {
  it('gives all parts in their order: calls where the model made them, those beside the content behind it', () => {
    const { list } = callsOf(turn, result);
    const [a, b, beside] = list;
    expect(partsOf([turn, result, last], list, [])).toEqual([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'I look.' },
      { type: 'source', url: 'https://a.example', title: 'A' },
      { type: 'tool', call: b },
      { type: 'tool', call: a },
      { type: 'other', block: { type: 'image', url: 'https://a.example/x.png' } },
      { type: 'tool', call: beside },
      { type: 'text', text: 'Done.' },
    ]);
    expect(a?.result).toBe(result);
  });

  it('distinguishes calls of one id in two turns', () => {
    const twice = [turn, result, turn, new ToolMessage({ content: '2', tool_call_id: 'a' })];
    const parts = partsOf(twice, callsOf(...twice).list, []);
    const results = parts.flatMap((part) => (part.type === 'tool' ? [part.call.result?.text] : []));
    expect(results).toEqual([undefined, '1', undefined, undefined, '2', undefined]);
  });

  it('keeps what is as it was', () => {
    const calls = callsOf(turn);
    const before = partsOf([turn], calls.list, []);
    expect(partsOf([turn], calls.list, before)).toBe(before);
    calls.answer(result);
    const after = partsOf([turn, result], calls.list, before);
    const changed = after.flatMap((part, index) => (part === before[index] ? [] : [index]));
    expect(changed).toEqual([4]);
  });

  it('shows a call that no message has yet', () => {
    const { list } = callsOf(turn);
    expect(partsOf([], list, [])).toEqual(list.map((call) => ({ type: 'tool', call })));
  });
});
