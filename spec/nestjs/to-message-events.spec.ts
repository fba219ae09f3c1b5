import type { MessageEvent } from '@nestjs/common';
import { expectTypeOf } from 'expect-type';
import {
  lastValueFrom,
  Observable,
  of,
  type OperatorFunction,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ModelError } from '../../lib/errors/model-error.js';
import { type SseMessageEvent, toMessageEvents } from '../../lib/nestjs/to-message-events.js';
import { marbles } from '../operators/quartet.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const h = { comment: 'ping' };

describe('toMessageEvents', () => {
  it(
    'reports each value with data and an id, comments between them, and the end',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-------b-|');
      const expected = '      -1---h---2h(e|)';
      expectObservable(source$.pipe(toMessageEvents({ heartbeatMs: 5 }))).toBe(expected, {
        1: { id: '1', data: '"a"' },
        2: { id: '2', data: '"b"' },
        e: { id: '3', type: 'end', data: '{}' },
        h,
      });
      expectSubscriptions(source$.subscriptions).toBe('^----------!');
    }),
  );

  it(
    '[4] reports an error as the last event, or leaves it to Nest',
    marbles(({ cold, expectObservable }) => {
      const error = new ModelError('sk-secret', { code: 'truncated', provider: 'anthropic' });
      const recorded = { id: '2', type: 'error' };
      const data =
        '{"name":"ModelError","code":"truncated","message":"The answer was cut off. Try again.","retryable":false,"provider":"anthropic"}';
      const source$ = cold('  -a-#', undefined, error);
      expectObservable(source$.pipe(toMessageEvents())).toBe('-1-(e|)', {
        1: { id: '1', data: '"a"' },
        e: { ...recorded, data },
      });
      expectObservable(source$.pipe(toMessageEvents({ errors: 'throw' }))).toBe(
        '-1-#',
        { 1: { id: '1', data: '"a"' } },
        error,
      );
    }),
  );

  it(
    '[2] unsubscribes from its source and its clock when it is released',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const source$ = cold('  -a-------|');
      expectObservable(source$.pipe(toMessageEvents({ heartbeatMs: 3 })), '---!').toBe('-1', {
        1: { id: '1', data: '"a"' },
      });
      flush();
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose$ = new Observable<number>((subscriber) => {
      for (; !subscriber.closed && given < 1000; given++) subscriber.next(given);
    });
    firehose$.pipe(toMessageEvents(), take(1)).subscribe();
    expect(given).toBe(1);
  });

  it('keeps nothing between subscriptions', async () => {
    const event$ = of('a').pipe(toMessageEvents());
    expect(await all(event$)).toEqual(await all(event$));
  });

  it('[20] takes time from the scheduler that it is given', () => {
    const scheduler = new TestScheduler(() => undefined);
    const scheduled = jest.spyOn(scheduler, 'schedule');
    of(1).pipe(toMessageEvents({ scheduler })).subscribe();
    expect(scheduled).toHaveBeenCalled();
    scheduled.mockClear();
    of(1)
      .pipe(toMessageEvents({ scheduler, heartbeatMs: false }))
      .subscribe();
    expect(scheduled).not.toHaveBeenCalled();
  });

  it('names and numbers events as its options say', async () => {
    const events = await all(
      of('a', 'b').pipe(
        toMessageEvents({
          event: (value) => (value === 'a' ? 'first' : undefined),
          id: (value, index) => `${value}${String(index)}`,
          end: false,
        }),
      ),
    );
    expect(events).toEqual([
      { id: 'a0', type: 'first', data: '"a"' },
      { id: 'b1', data: '"b"' },
    ]);
  });

  it.each([
    ['a\nb', '"a\\nb"'],
    ['\ud800', '"\\ud800"'],
    [{ a: [1] }, '{"a":[1]}'],
    [undefined, 'null'],
    [() => 1, 'null'],
    [NaN, 'null'],
    [5, '5'],
  ])('(T087) reports %p as one line of JSON', async (value, data) => {
    const [event] = await all(of<unknown>(value).pipe(toMessageEvents()));
    expect(event!.data).toBe(data);
  });

  it.each(['a\nid: 5', 'a\r', 'a\0', 5])('(T086) lets no %p be a name or an id', async (bad) => {
    expect(() => toMessageEvents({ event: bad as string })).toThrow('must be one line of text');
    expect(() => toMessageEvents({ end: bad as string })).toThrow('must be one line of text');
    for (const options of [{ event: () => bad as string }, { id: () => bad as string }]) {
      await expect(
        all(of(1).pipe(toMessageEvents({ ...options, errors: 'throw' }))),
      ).rejects.toThrow('must be one line of text');
      expect((await all(of(1).pipe(toMessageEvents(options))))[0]).toMatchObject({ type: 'error' });
    }
  });

  it.each([
    [5, 'options must be'],
    [{ id: 'x' }, 'id must be'],
    [{ errors: 'hide' }, 'errors must be'],
    [{ heartbeatMs: 0 }, 'heartbeatMs must be'],
  ])('takes no %p for options', (options, message) => {
    expect(() => toMessageEvents(options as object)).toThrow(TypeError);
    expect(() => toMessageEvents(options as object)).toThrow(message);
  });

  it('has types that Nest takes', () => {
    expectTypeOf<SseMessageEvent>().toExtend<MessageEvent>();
    expectTypeOf(toMessageEvents<string>()).toEqualTypeOf<
      OperatorFunction<string, SseMessageEvent>
    >();
    expectTypeOf(throwError(() => 1).pipe(toMessageEvents())).toEqualTypeOf<
      Observable<SseMessageEvent>
    >();
  });
});
