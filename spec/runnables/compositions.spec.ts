import fc from 'fast-check';
import {
  asapScheduler,
  concat,
  from,
  lastValueFrom,
  type Observable,
  observeOn,
  Subject,
  take,
  takeUntil,
  throwError,
} from 'rxjs';
import {
  branch,
  CommaSeparatedListOutputParser,
  JsonOutputParser,
  lambda,
  parallel,
  pick,
  type RunConfig,
  Runnable,
  RunnableEach,
  type RunInput,
  RunnablePassthrough,
  StringOutputParser,
  withConfig,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { anyRunnable } from '../support/any-runnable.js';
import { countedSignal } from '../support/counted-signal.js';
import { FakeStream } from '../support/models.js';
import { faultsOf, record, watch } from '../support/run-events.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

type Any = Runnable<string, unknown>;

const broken = new Error('broken');
const asap = { delay: 0 };

/**
 * The first attempt of each run gives some of the chunks and then fails; the one after it is the runnable's own.
 *
 * Runs at the same time begin in any order, and a count for all would fail every attempt of one of them. The attempts
 * of a run have its input in common, and no other run has it.
 */
class FailsFirst extends Runnable<string, unknown> {
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: Any['fold'];
  private readonly begun = new WeakSet<RunInput<string>>();
  private readonly inner: Any;
  private readonly emits: number;

  constructor(inner: Any, emits: number) {
    super();
    this.inner = inner;
    this.emits = emits;
    this.takes = inner.takes;
    this.fold = inner.fold;
  }

  override run$(input: RunInput<string>, config: RunConfig): Observable<unknown> {
    const chunks$ = this.inner.run$(input, config);
    if (this.begun.has(input)) return chunks$;
    this.begun.add(input);
    return concat(
      chunks$.pipe(take(this.emits)),
      throwError(() => broken),
    );
  }
}

/** A runnable, and what it is to make of any text. */
interface Node {
  readonly shown: string;
  readonly runnable: Any;
  readonly output: unknown;
}
const node = (shown: string, runnable: unknown, output: unknown): Node => ({
  shown,
  runnable: runnable as Any,
  output,
});

const pieces = (text: string) =>
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 4 }), fc.boolean())
    .map(([cuts, later]) => {
      const at = [0, ...new Set(cuts.sort((a, b) => a - b)), text.length];
      const texts = at.slice(1).map((end, index) => text.slice(at[index], end));
      return new FakeStream(() => (later ? from(texts).pipe(observeOn(asapScheduler)) : texts));
    });

const leaf: fc.Arbitrary<Node> = fc.oneof(
  pieces('goldfish').map((model) => node('text', model.pipe(new StringOutputParser()), 'goldfish')),
  pieces('a, b,c').map((model) =>
    node('list', model.pipe(new CommaSeparatedListOutputParser()), ['a', 'b', 'c']),
  ),
  pieces('{"t":"gold","n":[1,{"k":"fish"}]}').map((model) =>
    node('json', model.pipe(new JsonOutputParser()), { t: 'gold', n: [1, { k: 'fish' }] }),
  ),
  pieces('"goldfish"').map((model) =>
    node('jsonText', model.pipe(new JsonOutputParser()), 'goldfish'),
  ),
  fc.constantFrom(
    node(
      'value',
      lambda(() => Promise.resolve('v')),
      'v',
    ),
    node(
      'empty',
      lambda(() => ''),
      '',
    ),
    node(
      'zero',
      lambda(() => 0),
      0,
    ),
    node('same', new RunnablePassthrough(), 'q'),
  ),
);

const { tree } = fc.letrec<{ tree: Node }>((again) => {
  const child = again('tree');
  const pair = fc.tuple(child, child);
  const both = ([x, y]: readonly [Node, Node]) => parallel({ x: x.runnable, y: y.runnable });
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      pair.map(([x, y]) =>
        node(`{${x.shown}, ${y.shown}}`, both([x, y]), { x: x.output, y: y.output }),
      ),
      pair.map(([x, y]) =>
        node(
          `{${x.shown}, ${y.shown}} | assign`,
          both([x, y]).pipe(
            RunnablePassthrough.assign({ y: (all) => [all.x], z: new RunnablePassthrough() }),
          ),
          { x: x.output, y: [x.output], z: { x: x.output, y: y.output } },
        ),
      ),
      pair.map(([x, y]) =>
        node(`{${x.shown}, ${y.shown}} | x`, both([x, y]).pipe(pick('x')), x.output),
      ),
      pair.map(([x, y]) =>
        node(`{${x.shown}, ${y.shown}} | [y]`, both([x, y]).pipe(pick(['y'])), { y: y.output }),
      ),
      fc
        .tuple(child, child, fc.boolean())
        .map(([x, y, first]) =>
          node(
            `${String(first)} ? ${x.shown} : ${y.shown}`,
            branch([() => Promise.resolve(first), x.runnable], y.runnable),
            first ? x.output : y.output,
          ),
        ),
      child.map((x) =>
        node(`each(${x.shown})`, lambda((q: string) => [q, q]).pipe(new RunnableEach(x.runnable)), [
          x.output,
          x.output,
        ]),
      ),
      fc.tuple(child, fc.boolean()).map(([x, later]) =>
        node(
          `given(${x.shown})`,
          lambda(() => (later ? Promise.resolve(x.runnable) : x.runnable)),
          x.output,
        ),
      ),
      child.map((x) =>
        node(`config(${x.shown})`, withConfig(x.runnable, { tags: ['on'] }), x.output),
      ),
      child.map((x) =>
        node(`${x.shown} | same`, x.runnable.pipe(new RunnablePassthrough()), x.output),
      ),
      child.map((x) =>
        node(`${x.shown} | whole`, x.runnable.pipe(lambda((whole: unknown) => whole)), x.output),
      ),
      child.map((x) =>
        node(`retry(${x.shown})`, withRetry(new FailsFirst(x.runnable, 0), asap), x.output),
      ),
      fc
        .tuple(child, fc.integer({ min: 1, max: 3 }))
        .map(([x, emits]) =>
          node(
            `restart(${String(emits)}, ${x.shown})`,
            withRetry(new FailsFirst(x.runnable, emits), { ...asap, after: 'restart' }),
            x.output,
          ),
        ),
      child.map((x) =>
        node(
          `fallback(${x.shown})`,
          withFallbacks(
            lambda((_: string) => throwError(() => broken)),
            [x.runnable],
          ),
          x.output,
        ),
      ),
    ),
  };
});
const shownTree = tree.map((each) =>
  Object.assign(each, { [fc.toStringMethod]: () => each.shown }),
);

describe('whatever is composed', () => {
  it('makes what its parts make, to whoever takes it and however its chunks are folded', async () => {
    await fc.assert(
      fc.asyncProperty(shownTree, async ({ runnable, output }) => {
        const { events, listener } = record();
        const config = { listeners: [listener] };
        expect(await runnable.invoke('q', config)).toEqual(output);
        const end = events.at(-1)?.data as { output?: unknown };
        expect(end.output).toEqual(output);
        expect(faultsOf(events)).toEqual([]);
        const chunks$ = runnable.stream$('q') as Observable<never>;
        expect(await lastValueFrom(chunks$.pipe(runnable.fold))).toEqual(output);
        expect(await runnable.pipe(lambda((whole: unknown) => [whole])).invoke('q')).toEqual([
          output,
        ]);
        expect(await parallel({ it: runnable }).invoke('q')).toEqual({ it: output });
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  const parts = fc.tuple(anyRunnable, anyRunnable) as fc.Arbitrary<[Any, Any]>;
  const compositions = fc.tuple(parts, fc.nat({ max: 9 })).map(([[a, b], kind]): Any => {
    const all: (() => unknown)[] = [
      () => parallel({ a, b }),
      () => parallel({ a, b }).pipe(RunnablePassthrough.assign({ c: lambda(() => b) })),
      () => a.pipe(parallel({ same: new RunnablePassthrough(), b: lambda(() => b) })),
      () => parallel({ a, b }).pipe(pick('b')),
      () => branch([a, b], a),
      () => branch([lambda(() => false), a], b),
      () => lambda((q: string) => [q, q, q]).pipe(new RunnableEach(a)),
      () => withRetry(a, { delay: 0 }),
      () => withRetry(a.pipe(new RunnablePassthrough()), { delay: 0, after: 'restart' }),
      () => withFallbacks(a, [b], { after: 'restart' }),
    ];
    return all[kind]!() as Any;
  });
  const disruption = fc.record({
    at: fc.nat({ max: 25 }),
    how: fc.constantFrom('nothing', 'unsubscribe', 'abort', 'abort and unsubscribe'),
  });

  it('[2] [3] ends every run once, inside its parents, wherever it is cut, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(compositions, disruption, async (runnable, { at, how }) => {
        const signal = countedSignal();
        const told = record();
        const left = new Subject<void>();
        const disrupt = () => {
          if (told.events.length !== at + 1) return;
          if (how.startsWith('abort')) signal.abort();
          if (how.endsWith('unsubscribe')) left.next();
        };
        const config = { listeners: [told.listener, disrupt], signal: signal.signal };
        await unhandledErrors(async () => {
          watch(runnable.stream$('q', config).pipe(takeUntil(left)));
          for (let turns = 0; turns < 8; turns += 1) await turn();
          left.next();
          await turn();
        });
        expect(faultsOf(told.events)).toEqual([]);
        expect(signal.count()).toBe(0);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
