import { IncrementalJson } from '../../../lib/json/incremental-json.js';
import {
  AIMessageChunk,
  type AIMessageChunkFields,
} from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { GrowingCalls } from '../../../lib/chat/internal/growing-calls.js';

const chunk = (fields: Partial<AIMessageChunkFields>) =>
  new AIMessageChunk({ content: '', ...fields });
const piece = (args: string, index = 1) => chunk({ tool_call_chunks: [{ index, args }] });
const begin = (id: string, name: string, index = 1) =>
  chunk({ tool_call_chunks: [{ index, id, name, args: '' }] });
const settled = (id: string, name: string, args = {}) =>
  chunk({ tool_calls: [{ type: 'tool_call', id, name, args }] });
const answer = (id: string, status?: 'error') =>
  new ToolMessage({ content: '21', tool_call_id: id, status });

describe('GrowingCalls', () => {
  it('shows a call from its first piece to its result', () => {
    const calls = new GrowingCalls(() => new IncrementalJson());
    const seen: unknown[] = [];
    const look = () => {
      const [{ status, args, argsText } = {}] = calls.list;
      seen.push([status, args, argsText]);
    };
    for (const each of [begin('c', 'weather'), piece('{"city":"Ki'), piece('el"}')]) {
      calls.add(each);
      look();
    }
    calls.add(settled('c', 'weather', { city: 'Kiel' }));
    look();
    const result = answer('c');
    calls.answer(result);
    look();
    expect(seen).toEqual([
      ['growing', undefined, ''],
      ['growing', { city: 'Ki' }, '{"city":"Ki'],
      ['growing', { city: 'Kiel' }, '{"city":"Kiel"}'],
      ['called', { city: 'Kiel' }, '{"city":"Kiel"}'],
      ['done', { city: 'Kiel' }, '{"city":"Kiel"}'],
    ]);
    expect(calls.list[0]).toMatchObject({ id: 'c', name: 'weather', result });
  });

  it('shows no arguments before they are whole where nothing reads them', () => {
    const calls = new GrowingCalls(undefined);
    calls.add(begin('c', 'weather'));
    calls.add(piece('{"city":"Kiel"'));
    expect(calls.list[0]).toMatchObject({ args: undefined, argsText: '{"city":"Kiel"' });
  });

  it('keeps the identity of what has not changed', () => {
    const calls = new GrowingCalls(undefined);
    calls.add(settled('a', 'one'));
    calls.add(begin('b', 'two', 2));
    const before = calls.list;
    expect(calls.list).toBe(before);
    calls.add(chunk({ content: 'text' }));
    expect(calls.list).toBe(before);
    calls.add(piece('{', 2));
    expect(calls.list).not.toBe(before);
    expect(calls.list[0]).toBe(before[0]);
    expect(calls.list[1]).not.toBe(before[1]);
    expect(before[1]!.argsText).toBe('');
  });

  it('takes calls that come in one piece, valid or not', () => {
    const calls = new GrowingCalls(undefined);
    calls.add(settled('a', 'one', { n: 1 }));
    calls.add(
      chunk({
        invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'b', args: '{"n":', error: 'cut' }],
      }),
    );
    calls.answer(answer('b', 'error'));
    calls.answer(answer('unknown'));
    expect(calls.list.map(({ id, status, argsText }) => [id, status, argsText])).toEqual([
      ['a', 'called', ''],
      ['b', 'error', '{"n":'],
    ]);
  });

  it('grows two calls at once, and calls without an id', () => {
    const calls = new GrowingCalls(undefined);
    calls.add(begin('a', 'one', 1));
    calls.add(chunk({ tool_call_chunks: [{ index: 2, name: 'two', args: '[' }] }));
    calls.add(piece('1', 2));
    calls.add(piece('{', 1));
    calls.add(chunk({ tool_calls: [{ type: 'tool_call', name: 'two', args: {} }] }));
    expect(calls.list.map(({ name, status, argsText }) => [name, status, argsText])).toEqual([
      ['one', 'growing', '{'],
      ['two', 'called', '[1'],
    ]);
  });

  it('takes the first result of a call, and the later of two calls of an id', () => {
    const calls = new GrowingCalls(undefined);
    calls.add(settled('a', 'one'));
    calls.endTurn(true);
    calls.add(settled('a', 'again'));
    const first = answer('a');
    calls.answer(first);
    calls.answer(answer('a', 'error'));
    expect(calls.list.map(({ status }) => status)).toEqual(['called', 'done']);
    expect(calls.list[1]!.result).toBe(first);
  });

  it.each(['requested', 'elsewhere'])(
    'shows a call that is %s as pending, not as failed',
    (approval) => {
      const calls = new GrowingCalls(undefined);
      calls.add(settled('c', 'pay'));
      const additional_kwargs = { approval };
      calls.answer(
        new ToolMessage({ content: '', tool_call_id: 'c', status: 'error', additional_kwargs }),
      );
      expect(calls.list).toMatchObject([{ status: 'pending', result: undefined }]);
      calls.answer(answer('c'));
      expect(calls.list).toMatchObject([{ status: 'done', result: { content: '21' } }]);
    },
  );

  it('at the end of a turn holds what has not been finished for invalid, or drops the turn', () => {
    const calls = new GrowingCalls(() => new IncrementalJson());
    calls.add(begin('a', 'one'));
    calls.add(piece('{"n":1,'));
    calls.endTurn(true);
    const before = calls.list;
    expect(before).toMatchObject([{ status: 'invalid', args: { n: 1 }, argsText: '{"n":1,' }]);
    calls.endTurn(false);
    expect(calls.list).toBe(before);
    calls.add(begin('b', 'two'));
    calls.endTurn(false);
    expect(calls.list).toEqual(before);
    expect(calls.list[0]).toBe(before[0]);
  });

  it('reads each character once, however often it is looked at', () => {
    let read = 0;
    const calls = new GrowingCalls(() => ({
      push: (text) => (read += text.length),
      value: undefined,
    }));
    for (let n = 0; n < 1000; n++) {
      calls.add(piece('0123456789'));
      expect(calls.list).toHaveLength(1);
    }
    expect(read).toBe(10_000);
    expect(calls.list[0]!.argsText).toHaveLength(10_000);
  });
});
