import { EventEmitter as NodeEmitter } from 'node:events';
import { EventEmitter } from 'eventemitter3';
import { expectTypeOf } from 'expect-type';
import { concat, lastValueFrom, NEVER, type Observable, of, take, throwError, toArray } from 'rxjs';
import type { AIMessage, RunEvent, RunEventOf } from 'rxlm';
import { fromEmitter, toEmitter } from 'rxlm/emitter';
import { marbles, type Marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { watch } from '../support/run-events.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

const broken = new Error('broken');
const names = ['text', 'error', 'end'];

/** An emitter that emits the letters of a diagram as `text`, `#` as `error` and `|` as `end`. */
function emitting(diagram: string, { hot }: Marbles): EventEmitter {
  const emitter = new EventEmitter();
  hot(diagram, undefined, broken).subscribe({
    next: (text) => emitter.emit('text', text),
    error: (error: unknown) => emitter.emit('error', error),
    complete: () => emitter.emit('end'),
  });
  return emitter;
}
const listeners = (emitter: EventEmitter | NodeEmitter) =>
  names.map((name) => emitter.listenerCount(name));

describe('fromEmitter', () => {
  it('emits what is emitted under a name, and completes with `end`', () => {
    marbles((helpers) => {
      const emitter = emitting('-a-b-|', helpers);
      helpers.expectObservable(fromEmitter(emitter, 'text')).toBe('-a-b-|');
      helpers.flush();
      expect(listeners(emitter)).toEqual([0, 0, 0]);
    });
  });

  it('errors with what comes with `error`', () => {
    marbles((helpers) => {
      const emitter = emitting('-a-#', helpers);
      helpers.expectObservable(fromEmitter(emitter, 'text')).toBe('-a-#', undefined, broken);
      helpers.flush();
      expect(listeners(emitter)).toEqual([0, 0, 0]);
    });
  });

  it('takes its listeners away when it is unsubscribed, and no others', () => {
    const emitter = new EventEmitter();
    const other = jest.fn();
    emitter.on('text', other);
    const subscription = fromEmitter(emitter, 'text').subscribe();
    expect(listeners(emitter)).toEqual([2, 1, 1]);
    subscription.unsubscribe();
    expect(listeners(emitter)).toEqual([1, 0, 0]);
    emitter.emit('text', 'a');
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('stops to listen to an emitter that emits synchronously', () => {
    const emitter = new EventEmitter();
    const seen = watch(fromEmitter(emitter, 'text').pipe(take(2)));
    for (const text of ['a', 'b', 'c']) emitter.emit('text', text);
    expect(seen).toMatchObject({ values: ['a', 'b'], ended: 'complete' });
    expect(listeners(emitter)).toEqual([0, 0, 0]);
  });

  it('[1] does not listen before it is subscribed, and each subscription does', () => {
    const emitter = new EventEmitter();
    const text$ = fromEmitter(emitter, 'text');
    expect(listeners(emitter)).toEqual([0, 0, 0]);
    const [first, second] = [watch(text$), watch(text$)];
    emitter.emit('text', 'a');
    emitter.emit('end');
    expect([first, second]).toMatchObject([
      { values: ['a'], ended: 'complete' },
      { values: ['a'], ended: 'complete' },
    ]);
  });
});

describe('the emitter', () => {
  it('may be Node’s', () => {
    const emitter = new NodeEmitter();
    const seen = watch(fromEmitter(emitter, 'text'));
    emitter.emit('text', 'a');
    emitter.emit('text', 'b', 'c');
    emitter.emit('error', broken);
    expect(seen).toMatchObject({ values: ['a', ['b', 'c']], ended: { error: broken } });
    expect(listeners(emitter)).toEqual([0, 0, 0]);
  });

  it('may have `on` and `off` and nothing else', () => {
    const inner = new EventEmitter();
    const emitter = {
      on: (name: string, listener: (...args: unknown[]) => void) => inner.on(name, listener),
      off: (name: string, listener: (...args: unknown[]) => void) => inner.off(name, listener),
    };
    const seen = watch(fromEmitter(emitter, 'text').pipe(take(1)));
    inner.emit('text', 'a');
    expect(seen).toMatchObject({ values: ['a'], ended: 'complete' });
    expect(listeners(inner)).toEqual([0, 0, 0]);
  });

  it('says the type of what it emits', () => {
    interface Events {
      tick: [n: number];
      move: (x: number, y: number) => void;
    }
    const emitter = new EventEmitter<Events>();
    expectTypeOf(fromEmitter(emitter, 'tick')).toEqualTypeOf<Observable<number>>();
    expectTypeOf(fromEmitter(emitter, 'move')).toEqualTypeOf<Observable<[x: number, y: number]>>();
    expectTypeOf(fromEmitter(new NodeEmitter(), 'x')).toEqualTypeOf<Observable<unknown>>();
    const seen = watch(fromEmitter(emitter, 'move'));
    emitter.emit('move', 1, 2);
    expect(seen.values).toEqual([[1, 2]]);
  });

  it.each([[undefined], [null], ['Hi'], [{}], [{ on: () => {} }]])('is not %j', (value) => {
    expect(() => fromEmitter(value as never, 'text')).toThrow(/^fromEmitter takes an emitter, got/);
    expect(() => fromEmitter(value as never, 'text')).toThrow(TypeError);
  });

  it.each([[''], [5], [null]])('does not emit under the name %j', (name) => {
    expect(() => fromEmitter(new EventEmitter(), name as string)).toThrow(
      new TypeError(`fromEmitter takes the name of an event, got ${JSON.stringify(name)}`),
    );
  });
});

describe('there and back again', () => {
  const chain = saying('gold', 'fish').pipe(saying('!'));
  const all = (events$: Observable<RunEvent>) => lastValueFrom(events$.pipe(toArray()));
  let ids = 0;
  const newId = () => `run-${String((ids += 1) % 3)}`;

  it('the events of a run are the same', async () => {
    const events = await all(chain.events$('Hi', { newId }));
    expect(events.length).toBeGreaterThan(5);
    expect(await all(fromEmitter(toEmitter(chain.events$('Hi', { newId }))))).toEqual(events);
  });

  it('[4] an error comes after the events before it, and is handled', async () => {
    const model = new FakeStream(() =>
      concat(
        of('gold'),
        throwError(() => broken),
      ),
    );
    const seen = watch(fromEmitter(toEmitter(model.events$('Hi'))));
    expect(await unhandledErrors(turn)).toEqual([]);
    expect(seen.values.map(({ event }) => event)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_error',
    ]);
    expect(seen.ended).toEqual({ error: broken });
  });

  it('each kind of event by its name', async () => {
    const emitter = toEmitter(chain.events$('Hi'));
    const stream$ = fromEmitter(emitter, 'on_chat_model_stream');
    expectTypeOf(stream$).toEqualTypeOf<Observable<RunEventOf<'on_chat_model_stream'>>>();
    const message$ = fromEmitter(emitter, 'message');
    expectTypeOf(message$).toEqualTypeOf<Observable<AIMessage>>();
    const [text, message] = [watch(fromEmitter(emitter, 'text')), watch(message$)];
    await turn();
    expect(text).toMatchObject({ values: ['gold', 'fish', '!'], ended: 'complete' });
    expect(message.values.map((each) => each.text)).toEqual(['goldfish', '!']);
  });

  it('[2] leaving takes listeners away and lets the run go on; `unsubscribe` of the emitter ends it', async () => {
    let signal: AbortSignal | undefined;
    const model = new FakeStream((_messages, config) => {
      signal = config.signal;
      return concat(of('gold'), NEVER);
    });
    const emitter = toEmitter(model.events$('Hi'));
    const seen = watch(fromEmitter(emitter));
    await turn();
    seen.leave();
    expect(signal?.aborted).toBe(false);
    emitter.unsubscribe();
    expect(signal?.aborted).toBe(true);
    expect(seen.ended).toBeUndefined();
  });
});
