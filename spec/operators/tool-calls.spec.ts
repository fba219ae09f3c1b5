import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom, type OperatorFunction, toArray } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  type AnyMessage,
  type GrowingToolCall,
  type RunEvent,
  type ToolCall,
  toolCalls,
} from 'rxlm';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';

const call = (id: string, args: Record<string, unknown> = { city: 'Rome' }): ToolCall => ({
  type: 'tool_call',
  id,
  name: 'weather',
  args,
});
const piece = (args: string, id?: string, index = 0, message?: string) =>
  new AIMessageChunk({
    id: message,
    content: [],
    tool_call_chunks: [{ index, args, ...(id === undefined ? {} : { id, name: 'weather' }) }],
  });
const called = (...tool_calls: ToolCall[]) => new AIMessageChunk({ content: [], tool_calls });
const invalid = new AIMessageChunk({
  content: [],
  invalid_tool_calls: [
    { type: 'invalid_tool_call', id: 'c', name: 'weather', args: '{"city":', error: 'cut' },
  ],
});
const brief = ({ id, status, args, argsText }: GrowingToolCall) => [id, status, args, argsText];

describe('toolCalls', () => {
  itIsAnOperator(() => toolCalls(), called(call('c')));

  it(
    'emits each call once it is complete, and no invalid one',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-pqcd----i|', {
        p: piece('', 'c1'),
        q: piece('{"city":"Rome"}'),
        c: called(call('c1')),
        d: called(call('c2'), call('c3')),
        i: invalid,
      });
      expectObservable(source$.pipe(toolCalls())).toBe('---c(de)--|', {
        c: call('c1'),
        d: call('c2'),
        e: call('c3'),
      });
      expectSubscriptions(source$.subscriptions).toBe('^---------!');
    }),
  );

  it('refuses an option that is no boolean', () => {
    expect(() => toolCalls({ growing: 'yes' as unknown as true })).toThrow(
      new TypeError('growing must be true or false, got "yes"'),
    );
  });

  it('has types', () => {
    type Input = AnyMessage | RunEvent;
    expectTypeOf(toolCalls()).toEqualTypeOf<OperatorFunction<Input, ToolCall>>();
    expectTypeOf(toolCalls({ growing: true })).toEqualTypeOf<
      OperatorFunction<Input, GrowingToolCall>
    >();
  });
});

describe('toolCalls({ growing: true })', () => {
  itIsAnOperator(() => toolCalls({ growing: true }), piece('{"city":', 'c'));

  const growing = async (...values: (AnyMessage | RunEvent)[]) =>
    (await lastValueFrom(from(values).pipe(toolCalls({ growing: true }), toArray()))).map(brief);

  it('emits each state of a call', async () => {
    expect(
      await growing(piece('', 'c'), piece('{"city":"Ro'), piece('me"}'), called(call('c'))),
    ).toEqual([
      ['c', 'growing', undefined, ''],
      ['c', 'growing', { city: 'Ro' }, '{"city":"Ro'],
      ['c', 'growing', { city: 'Rome' }, '{"city":"Rome"}'],
      ['c', 'called', { city: 'Rome' }, '{"city":"Rome"}'],
    ]);
  });

  it('says of a call that is no JSON, or was not finished, that it is invalid', async () => {
    expect(await growing(piece('{"city":', 'c'), invalid)).toEqual([
      ['c', 'growing', {}, '{"city":'],
      ['c', 'invalid', {}, '{"city":'],
    ]);
    expect(await growing(piece('{"city":"R', 'c', 0, 'm1'), piece('', 'd', 0, 'm2'))).toEqual([
      ['c', 'growing', { city: 'R' }, '{"city":"R'],
      ['c', 'invalid', { city: 'R' }, '{"city":"R'],
      ['d', 'growing', undefined, ''],
      ['d', 'invalid', undefined, ''],
    ]);
  });

  it('reports interleaved calls apart, and those of models that run at once', async () => {
    const end = event('on_chat_model_end', { run_id: 'r' });
    const states = await growing(
      streamEvent(piece('{"a":', 'c', 0), 'r'),
      streamEvent(piece('{"x":', 'x', 0), 's'),
      streamEvent(piece('{"b":', 'd', 1), 'r'),
      streamEvent(piece('1}', undefined, 0), 's'),
      streamEvent(piece('2}', undefined, 0), 'r'),
      streamEvent(called(call('c', { a: 2 })), 'r'),
      end,
    );
    expect(states.map(([id, status, , text]) => [id, status, text])).toEqual([
      ['c', 'growing', '{"a":'],
      ['x', 'growing', '{"x":'],
      ['d', 'growing', '{"b":'],
      ['x', 'growing', '{"x":1}'],
      ['c', 'growing', '{"a":2}'],
      ['c', 'called', '{"a":2}'],
      ['d', 'invalid', '{"b":'],
      ['x', 'invalid', '{"x":1}'],
    ]);
  });

  it('emits a call that comes whole once', async () => {
    const message = new AIMessage({ content: '', tool_calls: [call('c')] });
    expect(await growing(message)).toEqual([['c', 'called', { city: 'Rome' }, '{"city":"Rome"}']]);
  });

  it('shows the same arguments at the end, however they were split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
        fc.integer({ min: 1, max: 7 }),
        async (given, size) => {
          const json = JSON.stringify(given);
          const args = JSON.parse(json) as Record<string, unknown>;
          const pieces = json.match(new RegExp(`[^]{1,${String(size)}}`, 'g')) ?? [];
          const states = await growing(
            piece('', 'c'),
            ...pieces.map((text) => piece(text)),
            called(call('c', args)),
          );
          expect(states.at(-1)).toEqual(['c', 'called', args, json]);
          expect(states.at(-2)?.[2]).toEqual(args);
          expect(states).toHaveLength(pieces.length + 2);
        },
      ),
    );
  });
});
