import { expectTypeOf } from 'expect-type';
import { type MonoTypeOperatorFunction, NEVER } from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { firstTokenTimeout } from '../../lib/operators/first-token-timeout.js';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';

const noContent = expect.objectContaining({ name: 'RxlmError', code: 'timeout', phase: 'content' });
const start = new AIMessageChunk({ content: '', usage_metadata: { input_tokens: 3 } });

describe('firstTokenTimeout', () => {
  itIsAnOperator((scheduler) => firstTokenTimeout(10, scheduler), 'a');

  it(
    '[20] errors when no content has come in its time; the beginning of a message is none',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const values = { s: start, a: new AIMessageChunk('a') };
      const source$ = cold('  -s----------a--|', values);
      const expected = '      -s---#          ';
      const subs = '          ^----!          ';
      const result$ = source$.pipe(firstTokenTimeout(5, scheduler));
      expectObservable(result$).toBe(expected, values, noContent);
      expectSubscriptions(source$.subscriptions).toBe(subs);
      expectObservable(NEVER.pipe(firstTokenTimeout(5, scheduler))).toBe(
        '-----#',
        undefined,
        noContent,
      );
    }),
  );

  it(
    'has no limit after the first content',
    marbles(({ cold, expectObservable, flush }, scheduler) => {
      const values = { s: start, a: new AIMessageChunk('a') };
      const source$ = cold('  -s-a-----------s-|', values);
      const result$ = source$.pipe(firstTokenTimeout(5, scheduler));
      expectObservable(result$).toBe('-s-a-----------s-|', values);
      flush();
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it.each<[string, unknown]>([
    ['text', new AIMessageChunk('a')],
    ['thinking', new AIMessageChunk({ content: [{ index: 0, type: 'thinking', thinking: 'a' }] })],
    [
      'a tool call',
      new AIMessageChunk({ content: '', tool_call_chunks: [{ index: 0, args: '' }] }),
    ],
    ['a string', 'a'],
    ['any other value', { parsed: true }],
    ['null', null],
    ["a model's chunk among events", streamEvent(new AIMessageChunk('a'))],
    ["a completion model's chunk among events", streamEvent('a', 'r', 'llm')],
  ])('takes %s for content', (_what, value) => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-c----|', { c: value });
      expectObservable(source$.pipe(firstTokenTimeout(3))).toBe('-c----|', { c: value });
    })();
  });

  it.each<[string, unknown]>([
    ['an empty string', ''],
    ['a start', event('on_chat_model_start')],
    ["the chunk of a chain, which may be told before a model's", streamEvent('a', 'r', 'chain')],
    ['the beginning of a message among events', streamEvent(start)],
    ['a custom event', event('on_custom_event')],
  ])('takes %s for none', (_what, value) => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-c----|', { c: value });
      expectObservable(source$.pipe(firstTokenTimeout(3))).toBe('-c-#', { c: value }, noContent);
    })();
  });

  it('takes nothing but a positive number of milliseconds', () => {
    expect(() => firstTokenTimeout(-5)).toThrow(
      new TypeError('ms must be a number of milliseconds above 0, got -5'),
    );
  });

  it('has types', () => {
    expectTypeOf(firstTokenTimeout<RunEvent>(5)).toEqualTypeOf<
      MonoTypeOperatorFunction<RunEvent>
    >();
  });
});
