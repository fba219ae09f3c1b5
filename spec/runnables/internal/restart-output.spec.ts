import { of, range, take, tap, throwError, concat } from 'rxjs';
import { AIMessageChunk, type AIMessage, foldMessages } from 'rxlm';
import { holdBack, supersede } from '../../../lib/runnables/internal/restart-output.js';
import { marbles } from '../../support/marbles.js';
import { watch } from '../../support/run-events.js';

const chunk = (content: string, id?: string) => new AIMessageChunk({ content, id });

describe('holdBack', () => {
  it('passes message chunks with an id, and all without content', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: chunk('a', '1'), e: chunk(''), s: '', b: chunk('b', '1') };
      const source$ = cold(' -e-s-a-b|', values);
      const expected = '     -e-s-a-b|';
      expectObservable(source$.pipe(holdBack(true))).toBe(expected, values);
      expectSubscriptions(source$.subscriptions).toBe('^-------!');
    });
  });

  it('holds what cannot be taken back until its source has completed, and all after it', () => {
    marbles(({ cold, expectObservable }) => {
      const values = { a: chunk('a', '1'), t: 'text', n: chunk('n'), b: chunk('b', '1') };
      expectObservable(cold('-a-t-b-n-|', values).pipe(holdBack(true))).toBe(
        '-a-------(tbn|)',
        values,
      );
    });
  });

  it('holds message chunks too, if they are not to be given out live', () => {
    marbles(({ cold, expectObservable }) => {
      const values = { a: chunk('a', '1'), e: chunk('', '1') };
      expectObservable(cold('-e-a-|', values).pipe(holdBack(false))).toBe('-e---(a|)', values);
    });
  });

  it('lets errors pass, and what was held go', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold(' -t-#');
      expectObservable(source$.pipe(holdBack(true))).toBe('---#');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it('leaves its source when it is left, and stops a synchronous one early', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-t---');
      expectObservable(source$.pipe(holdBack(true)), '--!').toBe('---');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
    let last = 0;
    const endless$ = range(1, 100).pipe(tap((n) => (last = n)));
    const chunks$ = concat(
      endless$.pipe(take(3)),
      throwError(() => 'no'),
    );
    expect(watch(chunks$.pipe(holdBack(true))).values).toEqual([]);
    expect(last).toBe(3);
  });
});

describe('supersede', () => {
  const ids = (chunks: readonly AIMessageChunk[]) => chunks.map(({ id }) => id);

  it('leaves ids as they are that no attempt before had', () => {
    const known = new Set<string>();
    const chunks = [chunk('a', '1'), chunk('b', '1'), chunk('c', '2'), chunk('d')];
    expect(watch(of(...chunks).pipe(supersede(known, 1))).values).toEqual(chunks);
    expect([...known]).toEqual(['1', '2']);
    expect(watch(of('text').pipe(supersede(known, 2))).values).toEqual(['text']);
  });

  it('[14] gives the messages of an attempt other ids than those of the attempts before', () => {
    const known = new Set<string>();
    const all = [1, 2, 3].flatMap((attempt) => {
      const chunks$ = of(chunk('a', 'm'), chunk(String(attempt), 'm'));
      return watch(chunks$.pipe(supersede(known, attempt))).values;
    });
    expect(ids(all)).toEqual(['m', 'm', 'm:2', 'm:2', 'm:3', 'm:3']);
    expect(all.every((each) => each instanceof AIMessageChunk)).toBe(true);
    const [message] = watch(of(...all).pipe(foldMessages())).values as [AIMessage];
    expect(message.text).toBe('a3');
  });

  it('passes errors and unsubscription', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const failing$ = cold('-a-#');
      expectObservable(failing$.pipe(supersede(new Set(), 1))).toBe('-a-#');
      const left$ = cold('-a---');
      expectObservable(left$.pipe(supersede(new Set(), 1)), '--!').toBe('-a-');
      expectSubscriptions(left$.subscriptions).toBe('^-!');
    });
    let last = 0;
    watch(
      range(1, 9).pipe(
        tap((n) => (last = n)),
        supersede(new Set(), 1),
        take(2),
      ),
    );
    expect(last).toBe(2);
  });
});
