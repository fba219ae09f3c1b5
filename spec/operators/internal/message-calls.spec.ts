import { AIMessageChunk } from 'rxlm';
import { MessageCalls } from '../../../lib/operators/internal/message-calls.js';

const piece = (index: number, args: string, id?: string) =>
  new AIMessageChunk({
    content: [],
    tool_call_chunks: [{ index, args, ...(id === undefined ? {} : { id, name: id }) }],
  });
const called = (id: string) =>
  new AIMessageChunk({
    content: [],
    tool_calls: [{ type: 'tool_call', id, name: id, args: { of: id } }],
  });

describe('MessageCalls', () => {
  it('numbers the calls of a message as they begin', () => {
    const calls = new MessageCalls();
    const keys = [piece(3, '', 'a'), piece(7, '', 'b'), piece(3, '{'), called('c'), called('a')]
      .flatMap((part) => calls.add(part))
      .map(({ key, call: { name, status } }) => [key, name, status]);
    expect(keys).toEqual([
      [0, 'a', 'growing'],
      [1, 'b', 'growing'],
      [0, 'a', 'growing'],
      [2, 'c', 'called'],
      [0, 'a', 'called'],
    ]);
  });

  it('begins another call where a number is used again', () => {
    const calls = new MessageCalls();
    calls.add(piece(0, '{}', 'a'));
    calls.add(called('a'));
    expect(calls.add(piece(0, '[', 'b'))[0]).toMatchObject({ key: 1, call: { argsText: '[' } });
  });

  it('says at the end which calls were not finished, once', () => {
    const calls = new MessageCalls();
    calls.add(piece(0, '{"x":1', 'a'));
    expect(calls.end()).toMatchObject([
      { key: 0, call: { id: 'a', status: 'invalid', argsText: '{"x":1' } },
    ]);
    expect(calls.end()).toEqual([]);
  });

  it('gives nothing for a chunk without calls', () => {
    expect(new MessageCalls().add(new AIMessageChunk('a'))).toEqual([]);
  });
});
