import { expectTypeOf } from 'expect-type';
import { filter, map, mergeMap, Observable, of, reduce, scan, take, throwError } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  type ChatModel,
  ChatPromptTemplate,
  JsonOutputParser,
  lambda,
  parallel,
  type Runnable,
  step,
  StringOutputParser,
} from 'rxlm';
import { findGate, GATE } from '../../lib/core/demand/gate.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';

const shout = step(
  filter(({ text }: AIMessageChunk) => text !== ''),
  map(({ text }) => text.toUpperCase()),
);

describe('step', () => {
  it('applies its operators to the chunks as they come', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b-c-|', { a: 'gold', b: '', c: 'fish' });
      const chain = new FakeStream(() => source$).pipe(shout);
      expectObservable(chain.stream$('Hi')).toBe('-a---c-|', { a: 'GOLD', c: 'FISH' });
      expectSubscriptions(source$.subscriptions).toBe('^------!');
    });
  });

  it('passes an error on, its own and that of the step before', () => {
    marbles(({ cold, expectObservable }) => {
      const failing = new FakeStream(() => cold('-a-#', { a: 'gold' }, new Error('lost')));
      expectObservable(failing.pipe(shout).stream$('Hi')).toBe(
        '-a-#',
        { a: 'GOLD' },
        new Error('lost'),
      );
      const broken = step(mergeMap(() => throwError(() => new Error('broken'))));
      const model = new FakeStream(() => cold('-a-b-|', { a: 'gold', b: 'fish' }));
      expectObservable(model.pipe(broken).stream$('Hi')).toBe('-#', {}, new Error('broken'));
    });
  });

  it('[2] unsubscribes from the step before when it is left, and when it has enough', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b-c-|');
      const left = '        ^---!';
      const chain = new FakeStream(() => source$).pipe(shout);
      expectObservable(chain.stream$('Hi'), left).toBe('-a-b', { a: 'A', b: 'B' });
      const first = new FakeStream(() => source$).pipe(step(take(1)));
      expectObservable(first.stream$('Hi').pipe(map(({ text }) => text))).toBe('-(a|)');
      expectSubscriptions(source$.subscriptions).toBe([left, '^!']);
    });
  });

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let made = 0;
    const endless = lambda(function* () {
      for (;;) yield String(made++);
    } as never);
    const chunks = step(
      mergeMap((words: unknown) => words as Iterable<string>),
      map((text) => text),
    );
    expect(watch(endless.pipe(chunks).stream$('').pipe(take(3))).values).toEqual(['0', '1', '2']);
    expect(made).toBe(3);
  });

  it('lets a slow consumer pause the model, and release it when it leaves', async () => {
    let sent = 0;
    let released = false;
    const model = new FakeStream(
      (_, config) =>
        new Observable<string>((subscriber) => {
          const gate = config[GATE] ?? findGate(subscriber);
          let forget: (() => void) | undefined;
          const send = () => {
            while (!subscriber.closed && sent < 1000 && gate?.closed === false)
              subscriber.next(String((sent += 1)));
            if (sent === 1000) subscriber.complete();
            gate?.heed();
            forget = gate?.onOpen(send);
          };
          send();
          return () => {
            released = true;
            forget?.();
          };
        }),
    );
    const sums = step(
      filter(({ text }: AIMessageChunk) => text !== '2'),
      map(({ text }) => Number(text)),
      scan((sum, n) => sum + n, 0),
    );
    const seen: number[] = [];
    for await (const sum of model.pipe(sums).stream('Count')) {
      seen.push(sum);
      await new Promise(setImmediate);
      // The edge holds 64 values at most, and one is under way; one was filtered out.
      expect(sent).toBeLessThanOrEqual(seen.length + 66);
      if (seen.length === 200) break;
    }
    expect(seen.slice(0, 5)).toEqual([1, 4, 8, 13, 19]);
    expect(sent).toBeLessThan(1000);
    expect(released).toBe(true);
  });

  it('subscribes once for each run, and unsubscribes when it is over, has failed or is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const [values, left, result, subscription] of [
        ['-a-b-|', undefined, '-A-B-|', '^----!'],
        ['-a-b-#', undefined, '-A-B-#', '^----!'],
        ['-a-b-|', '--!', '-A-', '^-!'],
        ['-|', undefined, '-|', '^!'],
      ] as const) {
        const source$ = cold(values);
        const chunks$ = new FakeStream(() => source$).pipe(shout).stream$('Hi');
        expectObservable(chunks$, left).toBe(result);
        expectSubscriptions(source$.subscriptions).toBe(subscription);
      }
    });
  });

  it('keeps nothing between runs', async () => {
    const counted = step(
      scan((n) => n + 1, 0),
      map(String),
    );
    const chain = saying('a', 'b').pipe(counted);
    expect(watch(chain.stream$('')).values).toEqual(watch(chain.stream$('')).values);
    expect(await chain.invoke('')).toBe(await chain.invoke(''));
  });

  it('folds as a lambda does, or as it is said to', async () => {
    const model = saying('gold', 'fish');
    expect(await model.pipe(shout).invoke('Hi')).toBe('GOLDFISH');
    expect((await model.pipe(step(map((chunk) => chunk))).invoke('Hi')).text).toBe('goldfish');
    const lengths = step(
      map(({ text }: AIMessageChunk) => text.length),
      { fold: reduce((sum, length) => sum + length, 0) },
    );
    expect(await model.pipe(lengths).invoke('Hi')).toBe(8);
    await expect(model.pipe(step(take(0))).invoke('Hi')).rejects.toMatchObject({ code: 'empty' });
  });

  it('is a run with a name of its own, reported the input and the output', () => {
    const named = step(
      map(({ text }: AIMessageChunk) => text),
      { name: 'Texts' },
    );
    const { events, story } = recordRun(saying('gold', 'fish').pipe(named), 'Hi');
    expect(faultsOf(events)).toEqual([]);
    expect(story()).toContain('chain_start Texts');
    const end = events.find(({ event, name }) => event === 'on_chain_end' && name === 'Texts');
    expect(end?.data).toMatchObject({ output: 'goldfish' });
    expect(step(take(1)).name).toBe('RunnableStep');
    expect(step(take(1), undefined).name).toBe('RunnableStep');
  });

  it('begins with its input as its one chunk, alone or as a branch', async () => {
    // Its type says what chunks it takes, not what whole.
    const double = step(map((n: number) => n * 2)) as unknown as Runnable<number, number>;
    expect(await double.invoke(4)).toBe(8);
    expect(await parallel({ double }).invoke(4)).toEqual({ double: 8 });
    expect(await double.pipe(lambda((n) => n + 1)).invoke(4)).toBe(9);
  });

  it('takes operators', () => {
    expect(() => (step as () => unknown)()).toThrow(
      new TypeError('step takes operators of RxJS, got undefined'),
    );
    expect(() => step(of(1) as never, map(String))).toThrow(/^step takes operators of RxJS, got /);
  });

  it('has types: the chunks of the step before, and what its operators make of them', () => {
    const prompt = ChatPromptTemplate.fromTemplate('{a}');
    const of$ = (model: ChatModel) => {
      const chain = prompt.pipe(model);
      const lengths = chain.pipe(
        step(
          filter((chunk) => {
            expectTypeOf(chunk).toEqualTypeOf<AIMessageChunk>();
            return chunk.text !== '';
          }),
          scan((sum, { text }) => sum + text.length, 0),
        ),
      );
      const messages = chain.pipe(step(map((chunk) => chunk)));
      const titles = chain
        .pipe(new JsonOutputParser<{ title: string }>())
        .pipe(step(map(({ title }) => title)));
      const texts = chain.pipe(new StringOutputParser()).pipe(step(map((text) => text)));
      // @ts-expect-error chunks of a model are no numbers
      chain.pipe(step(map((n: number) => n)));
      // @ts-expect-error an operator is no runnable
      expect(() => chain.pipe(map((chunk) => chunk))).toThrow(/RxJS operators in step/);
      // @ts-expect-error one at a time
      expect(() => chain.pipe(step(take(1)), step(take(1)))).toThrow(/pipe takes one runnable/);
      return { lengths, messages, titles, texts };
    };
    type Chains = ReturnType<typeof of$>;
    type Output<K extends keyof Chains> = Awaited<ReturnType<Chains[K]['invoke']>>;
    expectTypeOf<Output<'lengths'>>().toEqualTypeOf<number>();
    expectTypeOf<Output<'messages'>>().toEqualTypeOf<AIMessage>();
    expectTypeOf<Output<'titles'>>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Output<'texts'>>().toEqualTypeOf<string>();
    of$(saying('a'));
  });
});
