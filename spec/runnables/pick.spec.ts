import { expectTypeOf } from 'expect-type';
import { NEVER, of, take } from 'rxjs';
import {
  AIMessageChunk,
  CommaSeparatedListOutputParser,
  JsonOutputParser,
  lambda,
  parallel,
  pick,
  StringOutputParser,
} from 'rxlm';
import { FakeStream, saying } from '../support/models.js';
import { recordRun, watch } from '../support/run-events.js';

interface Answer {
  text: string;
  sources: string[];
}
const model = saying('gold,', 'fish');
const both = parallel({
  text: model.pipe(new StringOutputParser()),
  list: model.pipe(new CommaSeparatedListOutputParser()),
  message: model,
});
const json = saying('{"text":"gold', 'fish","sources":["a"', ',"b"]}').pipe(
  new JsonOutputParser<Answer>(),
);

describe('pick', () => {
  it('takes one key out of an object', async () => {
    expect(await pick<Answer, 'text'>('text').invoke({ text: 'Yes.', sources: [] })).toBe('Yes.');
    expect(await pick<{ n: number }, 'n'>('n').invoke({ n: 0 })).toBe(0);
  });

  it('takes some keys out of an object, those that are there', async () => {
    const picked = pick<Answer & { id?: 1 }, ['text', 'id']>(['text', 'id']);
    expect(await picked.invoke({ text: 'Yes.', sources: [] })).toEqual({ text: 'Yes.' });
  });

  it('gives undefined for a key that is not there, once', async () => {
    const none = pick<object, never>('none' as never);
    expect(watch(none.stream$({})).values).toEqual([undefined]);
    expect(await none.invoke({ other: 1 })).toBeUndefined();
    // What every object inherits is no key of it.
    expect(await pick<object, never>('toString' as never).invoke({})).toBeUndefined();
  });

  it('gives the chunks of a branch as they come, and folds them as the branch does', async () => {
    expect(watch(both.pipe(pick('text')).stream$('q')).values).toEqual(['gold,', 'fish']);
    expect(await both.pipe(pick('text')).invoke('q')).toBe('gold,fish');
    expect(await both.pipe(pick('message')).invoke('q')).toMatchObject({ content: 'gold,fish' });
    const pair = both.pipe(pick(['list', 'text']));
    expect(watch(pair.stream$('q')).values).toEqual([
      { text: 'gold,' },
      { text: 'fish' },
      { list: ['gold'] },
      { list: ['fish'] },
    ]);
    expect(await pair.invoke('q')).toEqual({ text: 'gold,fish', list: ['gold', 'fish'] });
  });

  it('gives whole what the branch folds in a way of its own', async () => {
    expect(watch(both.pipe(pick('list')).stream$('q')).values).toEqual([['gold', 'fish']]);
    expect(await both.pipe(pick('list')).invoke('q')).toEqual(['gold', 'fish']);
  });

  it('of JSON that grows doubles no text', async () => {
    expect(watch(json.pipe(pick('sources')).stream$('q')).values).toEqual([['a'], ['a', 'b']]);
    expect(watch(json.pipe(pick('text')).stream$('q')).values).toEqual(['goldfish']);
    expect(await json.pipe(pick('text')).invoke('q')).toBe('goldfish');
    expect(await json.pipe(pick(['text'])).invoke('q')).toEqual({ text: 'goldfish' });
  });

  it('of a message takes the field of the whole', async () => {
    const chunks = lambda(() => of(new AIMessageChunk('gold'), new AIMessageChunk('fish')));
    expect(await chunks.pipe(pick('content')).invoke('q')).toBe('goldfish');
  });

  it('[7] is reported as RunnablePick', () => {
    const { story } = recordRun(pick<{ a: 1 }, 'a'>('a'), { a: 1 });
    expect(story()).toEqual([
      'chain_start RunnablePick',
      'chain_stream RunnablePick',
      'chain_end RunnablePick',
    ]);
  });

  it('[2] unsubscribes from what is before it', () => {
    const endless = parallel({ a: new FakeStream(() => NEVER) }).pipe(pick('a'));
    const recorded = recordRun(endless, 'q');
    recorded.leave();
    expect(recorded.story()).toContain('chat_model_cancel FakeStream');
    let last = '';
    const counting = new FakeStream(function* () {
      for (const text of 'abc') yield (last = text);
    });
    const first$ = parallel({ a: counting }).pipe(pick('a')).stream$('q').pipe(take(1));
    expect([watch(first$).values.length, last]).toEqual([1, 'a']);
  });

  it('throws a TypeError for what is no key and what is no object', () => {
    for (const keys of [7, [7], undefined])
      expect(() => pick(keys as never)).toThrow(/^pick takes a key or an array of keys, got /);
    expect(() => pick<object, never>('a' as never).stream$('text' as never)).toThrow(
      new TypeError('RunnablePick takes an object, got "text"'),
    );
  });

  it('has the types of the keys', () => {
    expectTypeOf(json.pipe(pick('sources')).invoke('q')).resolves.toEqualTypeOf<string[]>();
    expectTypeOf(json.pipe(pick(['text'])).invoke('q')).resolves.toEqualTypeOf<{ text: string }>();
    expectTypeOf(both.pipe(pick('text')).invoke('q')).resolves.toBeString();
    // @ts-expect-error -- there is no such key
    json.pipe(pick('title'));
    // @ts-expect-error -- there is no such key
    json.pipe(pick(['title']));
  });
});
