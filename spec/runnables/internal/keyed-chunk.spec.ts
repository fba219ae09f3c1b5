import { lastValueFrom, of, take, takeLast, toArray } from 'rxjs';
import { AIMessageChunk, foldChunks } from 'rxlm';
import { accumulate } from 'rxlm/provider';
import {
  checkObject,
  filterKeys,
  foldOfKey,
  KeyedAccumulator,
  type KeyedChunk,
  KeyedShape,
  SNAPSHOT,
  toKeyed,
} from '../../../lib/runnables/internal/keyed-chunk.js';
import { watch } from '../../support/run-events.js';

const folds = new Map([
  ['text', foldChunks()],
  ['items', toArray()],
  ['__proto__', foldChunks()],
]);
const shape = new KeyedShape([...folds.keys()], (key) => folds.get(key) as never);

describe('a keyed chunk', () => {
  it('is a plain object to see', () => {
    const chunk = shape.chunk('text', 'a');
    expect(chunk).toStrictEqual({ text: 'a' });
    expect([JSON.stringify(chunk), Object.keys(chunk), { ...chunk }]).toEqual([
      '{"text":"a"}',
      ['text'],
      { text: 'a' },
    ]);
    expect(structuredClone(chunk)).toEqual({ text: 'a' });
  });

  it('knows how each key is folded', async () => {
    const chunks$ = of(
      shape.chunk('items', 1),
      shape.chunk('text', 'a'),
      shape.chunkOf({ items: 2, text: 'b' }),
    );
    const whole = await lastValueFrom(chunks$.pipe(foldChunks<unknown>()));
    expect(whole).toStrictEqual({ text: 'ab', items: [1, 2] });
    expect(Object.keys(whole as object)).toEqual(['text', 'items']);
    expect(foldOfKey(shape.chunk('text', 'a'), 'items')).toBe(folds.get('items'));
  });

  it('[17] keeps __proto__ as a key of its own', async () => {
    const whole = await lastValueFrom(
      of(shape.chunk('__proto__', 'a'), shape.chunk('__proto__', 'b')).pipe(foldChunks<unknown>()),
    );
    expect(Object.entries(whole as object)).toEqual([['__proto__', 'ab']]);
    expect(({} as { a?: string }).a).toBeUndefined();
  });

  it('keeps what it knows when keys are left out', () => {
    const chunk = filterKeys(shape.chunkOf({ items: 1, text: 'a' }), (key) => key === 'items');
    expect(chunk).toStrictEqual({ items: 1 });
    expect(foldOfKey(chunk, 'items')).toBe(folds.get('items'));
  });
});

describe('an object that is made of chunks of several shapes', () => {
  it('has the keys of each in its order, and those that came', async () => {
    const fold = accumulate(() => new KeyedAccumulator(SNAPSHOT));
    const chunks$ = of(
      SNAPSHOT.chunkOf({ q: 'hi', n: 1 }),
      shape.chunk('items', 1),
      SNAPSHOT.chunkOf({ n: 2 }),
      shape.chunk('text', 'a'),
    );
    const whole = await lastValueFrom(chunks$.pipe(fold));
    expect(whole).toStrictEqual({ q: 'hi', n: 2, text: 'a', items: [1] });
    expect(Object.keys(whole as object)).toEqual(['q', 'n', 'text', 'items']);
    expect(await lastValueFrom(of<KeyedChunk>().pipe(fold))).toEqual({});
  });
});

describe('toKeyed', () => {
  const through = (fold: unknown, ...chunks: unknown[]) =>
    watch(of(...chunks).pipe(toKeyed(fold as never, 'pick')));

  it('leaves keyed chunks as they are', () => {
    const chunk = shape.chunk('text', 'a');
    expect(through(foldChunks(), chunk).values[0]).toBe(chunk);
  });

  it('gives objects of which the last one stands as they come', () => {
    expect(through(takeLast(1), { a: 1 }, { a: 2, b: 3 }).values).toEqual([
      { a: 1 },
      { a: 2, b: 3 },
    ]);
  });

  it('gives objects that are folded in another way whole, at the end', () => {
    expect(through(take(1), { a: 1 }).values).toEqual([{ a: 1 }]);
    const [message] = through(
      foldChunks(),
      new AIMessageChunk('gold'),
      new AIMessageChunk('fish'),
    ).values;
    expect(message).toMatchObject({ content: 'goldfish', type: 'ai' });
  });

  it.each([
    ['text', '"text"'],
    [null, 'null'],
    [[1], 'an array of 1'],
    [undefined, 'undefined'],
  ])('fails for %p', (value, shown) => {
    const error = new TypeError(`pick takes an object, got ${shown}`);
    expect(through(foldChunks(), value).ended).toEqual({ error });
    expect(() => checkObject(value, 'pick')).toThrow(error);
  });
});
