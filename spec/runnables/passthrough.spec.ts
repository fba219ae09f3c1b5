import { expectTypeOf } from 'expect-type';
import { firstValueFrom, NEVER, take } from 'rxjs';
import {
  CommaSeparatedListOutputParser,
  lambda,
  parallel,
  type Runnable,
  RunnablePassthrough,
  StringOutputParser,
} from 'rxlm';
import { RunnableAssign } from '../../lib/runnables/assign.js';
import { FakeStream, saying } from '../support/models.js';
import { recordRun, watch } from '../support/run-events.js';

const same = () => new RunnablePassthrough<unknown>();

describe('RunnablePassthrough', () => {
  it('gives its input', async () => {
    const input = { a: 1 };
    expect(await same().invoke(input)).toBe(input);
    for (const falsy of ['', 0, null, false]) expect(await same().invoke(falsy)).toBe(falsy);
  });

  it('gives chunks as they come', async () => {
    const text = saying('gold', 'fish').pipe(new StringOutputParser()).pipe(same());
    expect(watch(text.stream$('q')).values).toEqual(['gold', 'fish']);
    expect(await text.invoke('q')).toBe('goldfish');
    const message = await saying('gold', 'fish').pipe(same()).invoke('q');
    expect(message).toMatchObject({ content: 'goldfish', type: 'ai' });
    const object = parallel({ a: saying('x').pipe(new StringOutputParser()), b: () => 1 }).pipe(
      same(),
    );
    expect(watch(object.stream$('q')).values).toEqual([{ a: 'x' }, { b: 1 }]);
    expect(await object.pipe(lambda((whole: unknown) => whole)).invoke('q')).toEqual({
      a: 'x',
      b: 1,
    });
  });

  it('gives whole what is folded in a way of its own', async () => {
    const list = saying('a,', 'b').pipe(new CommaSeparatedListOutputParser()).pipe(same());
    expect(watch(list.stream$('q')).values).toEqual([['a', 'b']]);
    expect(await list.invoke('q')).toEqual(['a', 'b']);
  });

  it('[7] [8] is reported, and begins with the first chunk', () => {
    const { story } = recordRun(saying('a').pipe(same()), 'q');
    expect(story()).toEqual([
      'chain_start RunnableSequence',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chain_start RunnablePassthrough',
      'chain_stream RunnablePassthrough',
      'chain_stream RunnableSequence',
      'chat_model_end FakeStream',
      'chain_end RunnablePassthrough',
      'chain_end RunnableSequence',
    ]);
  });

  it('[2] unsubscribes from what is before it', () => {
    const recorded = recordRun(new FakeStream(() => NEVER).pipe(same()), 'q');
    recorded.leave();
    expect(recorded.story()).toContain('chat_model_cancel FakeStream');
    let last = '';
    const model = new FakeStream(function* () {
      for (const text of 'abc') yield (last = text);
    });
    watch(model.pipe(same()).stream$('q').pipe(take(1)));
    expect(last).toBe('a');
  });

  it('assigns, as a static or where the type of the object is known', async () => {
    const one = RunnablePassthrough.assign({ n: ({ q }: { q: string }) => q.length });
    const other = new RunnablePassthrough<{ q: string }>().assign({ n: ({ q }) => q.length });
    for (const assign of [one, other]) {
      expect(assign).toBeInstanceOf(RunnableAssign);
      expect(await assign.invoke({ q: 'hi' })).toEqual({ q: 'hi', n: 2 });
    }
  });

  it('has the type of its input', () => {
    const text = new RunnablePassthrough<string>();
    expectTypeOf(text).toExtend<Runnable<string, string>>();
    expectTypeOf(firstValueFrom(text.stream$('q'))).resolves.toBeString();
    // @ts-expect-error -- no text
    text.stream$(7);
  });
});
