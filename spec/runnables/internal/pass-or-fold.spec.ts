import { NEVER, of, range, reduce, take, takeLast, throwError, toArray } from 'rxjs';
import {
  AIMessageChunk,
  CommaSeparatedListOutputParser,
  foldChunks,
  foldMessages,
  JsonOutputParser,
  StringOutputParser,
} from 'rxlm';
import {
  accumulates,
  byValue,
  letsLastStand,
  passOrFold,
} from '../../../lib/runnables/internal/pass-or-fold.js';
import { marbles } from '../../support/marbles.js';
import { watch } from '../../support/run-events.js';

const sum = () => reduce((all: number, n: number) => all + n, 0);
const odd = (n: number) => n % 2 === 1;

describe('byValue', () => {
  const through = (fold: unknown, ...chunks: unknown[]) =>
    watch(of(...chunks).pipe(byValue(() => fold as ReturnType<typeof foldChunks<never, unknown>>)))
      .values;

  it('passes what foldChunks folds alike', () => {
    const messages = [new AIMessageChunk('a'), new AIMessageChunk('b')];
    const objects = [{ a: 1 }, { a: 2 }];
    expect(through(foldChunks(), 'a', 1, ...objects)).toEqual(['a', 1, ...objects]);
    expect(through(foldMessages(), ...messages)).toEqual(messages);
    expect(through(new StringOutputParser().fold, 'a', 'b')).toEqual(['a', 'b']);
    expect(through(new JsonOutputParser().fold, ...objects)).toEqual(objects);
  });

  it('gives the whole of what is folded in another way', () => {
    expect(through(new CommaSeparatedListOutputParser().fold, ['a'], ['b'])).toEqual([['a', 'b']]);
    expect(through(sum(), 1, 2, 3)).toEqual([6]);
    expect(through(toArray(), 'a', 'b')).toEqual([['a', 'b']]);
    // A text that grows is not appended to what it was.
    expect(through(takeLast(1), 'a', 'ab')).toEqual(['ab']);
  });

  it('gives the whole of nothing', () => {
    expect(through(new StringOutputParser().fold)).toEqual(['']);
    expect(through(toArray())).toEqual([[]]);
    expect(through(foldChunks())).toEqual([]);
  });
});

describe('passOrFold', () => {
  it('passes until it has to hold, and then holds', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: 1, b: 3, c: 4, d: 5, s: 9 };
      const source$ = cold('  -a-b-c-d-|', values);
      const subscriptions = ' ^--------!';
      const expected = '      -a-b-----(s|)';
      expectObservable(source$.pipe(passOrFold(sum, odd))).toBe(expected, values);
      expectSubscriptions(source$.subscriptions).toBe(subscriptions);
    });
  });

  it('lets errors pass, and gives no whole then', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-c-#', { a: 1, c: 4 });
      const subscriptions = ' ^----!';
      const expected = '      -a---#';
      expectObservable(source$.pipe(passOrFold(sum, odd))).toBe(expected, { a: 1 });
      expectSubscriptions(source$.subscriptions).toBe(subscriptions);
    });
  });

  it('fails as the fold does', () => {
    const failing = () => () => throwError(() => new Error('no fold'));
    const { values, ended } = watch(of(1, 2).pipe(passOrFold(failing, odd)));
    expect([values, ended]).toEqual([[1], { error: new Error('no fold') }]);
  });

  it('leaves its source when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-c--b-', { a: 1, b: 3, c: 4 });
      const unsubscribed = '  ----!';
      const expected = '      -a---';
      expectObservable(source$.pipe(passOrFold(sum, odd)), unsubscribed).toBe(expected, { a: 1 });
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('stops a synchronous source early', () => {
    let last = 0;
    watch(
      range(1, 100).pipe(
        passOrFold(sum, (n) => (last = n) > 0),
        take(2),
      ),
    );
    expect(last).toBe(2);
  });

  it('begins anew for each subscriber', () => {
    const folded$ = of(2, 4).pipe(passOrFold(sum, odd));
    expect([watch(folded$).values, watch(folded$).values]).toEqual([[6], [6]]);
  });
});

describe('what is asked of chunks and folds', () => {
  it('is whether a chunk says how it is folded', () => {
    expect([new AIMessageChunk('a'), {}, null, 'a'].map(accumulates)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is whether the last value stands, whatever it is', () => {
    expect([foldChunks(), takeLast(1)].map(letsLastStand)).toEqual([true, true]);
    const others = [foldMessages(), toArray(), take(1), () => NEVER, () => throwError(() => 1)];
    expect(others.map((fold) => letsLastStand(fold as never))).toEqual(others.map(() => false));
  });
});
