import { ModelError } from '../../../lib/errors/model-error.js';
import { toSseFrames } from '../../../lib/sse/frames/to-sse-frames.js';
import { marbles } from '../../operators/quartet.js';

const lost = new ModelError('sk-secret', { code: 'truncated', provider: 'anthropic' });

describe('toSseFrames', () => {
  it(
    '(T089) reports each value with data and an id, comments without one between them, and the end',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-------b-|');
      const expected = '      -1---h---2h(e|)';
      expectObservable(source$.pipe(toSseFrames({ heartbeatMs: 5 }))).toBe(expected, {
        1: { id: '1', data: '"a"' },
        2: { id: '2', data: '"b"' },
        e: { event: 'end', id: '3', data: '{}' },
        h: { comment: 'ping' },
      });
      expectSubscriptions(source$.subscriptions).toBe('^----------!');
    }),
  );

  it(
    '[4][21] (T092) reports an error as one last frame with a safe text, or passes it on',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-a-#', undefined, lost);
      expectObservable(source$.pipe(toSseFrames())).toBe('-1-(e|)', {
        1: { id: '1', data: '"a"' },
        e: {
          event: 'error',
          id: '2',
          data: '{"name":"ModelError","code":"truncated","message":"The answer was cut off. Try again.","retryable":false,"provider":"anthropic"}',
        },
      });
      expectObservable(source$.pipe(toSseFrames({ errors: 'throw' }))).toBe(
        '-1-#',
        { 1: { id: '1', data: '"a"' } },
        lost,
      );
    }),
  );

  it(
    '[2] unsubscribes from its source and its clock when it is released',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const source$ = cold('  -a-------|');
      expectObservable(source$.pipe(toSseFrames({ heartbeatMs: 3 })), '---!').toBe('-1', {
        1: { id: '1', data: '"a"' },
      });
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      flush();
      expect(scheduler.actions.filter((action) => !action.closed)).toEqual([]);
    }),
  );

  it.each([
    [{ heartbeatMs: 0 }, /heartbeatMs must be .* got 0/],
    [{ end: 'a\nb' }, /the end of an event must be one line/],
    [{ id: 5 }, /id must be a function, got 5/],
    [{ errors: 'no' }, /errors must be 'event' or 'throw'/],
    [null, /options must be an object, got null/],
  ])('refuses %j, naming it', (options, message) => {
    expect(() => toSseFrames(options as never)).toThrow(message);
  });
});
