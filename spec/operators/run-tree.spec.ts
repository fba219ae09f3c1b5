import { expectTypeOf } from 'expect-type';
import {
  groupBy,
  last,
  lastValueFrom,
  mergeMap,
  type Observable,
  type OperatorFunction,
  toArray,
} from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import type { RunNode } from '../../lib/operators/run-node.js';
import { selectRuns } from '../../lib/operators/select-runs.js';
import { runTree } from '../../lib/operators/run-tree.js';
import { event } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const clock = { now: () => 0 };

describe('runTree', () => {
  itIsAnOperator((scheduler) => runTree(scheduler ?? clock), event('on_chain_start'));

  it(
    '[20] emits the tree with every event that changes it, with the times of its clock',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const inside = { run_id: 'm', parent_ids: ['r'], name: 'model' };
      const chunk = (content: string) => ({ chunk: new AIMessageChunk(content) }) as never;
      const source$ = cold('  -R--mcc--M--S-|', {
        R: event('on_chain_start', { data: { input: 'i' } }),
        m: event('on_chat_model_start', inside),
        c: event('on_chat_model_stream', { ...inside, data: chunk('a') }),
        M: event('on_chat_model_end', inside),
        S: event('on_chain_end', { data: { output: 'o' } }),
      });
      const expected = '      -a--bc---d--e-|';
      const subs = '          ^-------------!';
      const facts = { tags: [], metadata: {} };
      const root = {
        ...facts,
        run_id: 'r',
        name: 'Some',
        type: 'chain',
        status: 'running',
        input: 'i',
        startedAt: 1,
      };
      const model = {
        ...facts,
        run_id: 'm',
        name: 'model',
        type: 'chat_model',
        status: 'running',
        startedAt: 4,
        children: [],
      };
      const done = { ...model, firstTokenMs: 1, status: 'done', durationMs: 5 };
      expectObservable(source$.pipe(runTree(scheduler))).toBe(expected, {
        a: { ...root, children: [] },
        b: { ...root, children: [model] },
        c: { ...root, children: [{ ...model, firstTokenMs: 1 }] },
        d: { ...root, children: [done] },
        e: { ...root, children: [done], status: 'done', output: 'o', durationMs: 11 },
      });
      expectSubscriptions(source$.subscriptions).toBe(subs);
    }),
  );

  it('shows a chain as the tree of its steps, with what they used', async () => {
    const tree = await lastValueFrom(someChain().events$('Hi there').pipe(runTree(clock)));
    const outline = ({ name, type, status, tokens, children }: RunNode): unknown => ({
      [`${name} ${type} ${status} ${tokens?.output_tokens ?? '-'}`]: children.map(outline),
    });
    expect(outline(tree)).toEqual({
      'RunnableSequence chain done 5': [
        { 'lower chain done -': [] },
        { 'Parrot chat_model done 2': [] },
        { 'text chain done -': [] },
        { 'twice chain done 3': [{ 'Parrot chat_model done 3': [] }] },
      ],
    });
    expect(tree).toMatchObject({ input: 'Hi there', output: { text: 'hi there twice' } });
  });

  it('shows what failed', async () => {
    const trees: RunNode[] = [];
    const failure = await new Promise((resolve) =>
      someChain()
        .events$('fail')
        .pipe(runTree(clock))
        .subscribe({ next: (tree) => trees.push(tree), error: resolve }),
    );
    expect(failure).toEqual(new Error('lost'));
    const tree = trees.at(-1)!;
    expect(tree).toMatchObject({ status: 'error', error: { message: 'lost' } });
    expect(tree.children.map(({ status }) => status)).toEqual(['done', 'error']);
  });

  it('gives the trees of several roots, each when it has changed', async () => {
    const trees$ = someChain()
      .events$('Hi')
      .pipe(
        selectRuns({ types: ['chat_model'] }),
        runTree(clock),
        groupBy(({ run_id }) => run_id),
        mergeMap((tree$) => tree$.pipe(last())),
      );
    expect(
      (await all(trees$)).map(({ status, tokens }) => [status, tokens?.output_tokens]),
    ).toEqual([
      ['done', 1],
      ['done', 2],
    ]);
  });

  it('emits a few times for each run, however many chunks it has', async () => {
    const treesOf = (text: string) => all(someChain().events$(text).pipe(runTree(clock)));
    const trees = await treesOf('one two three');
    const [runs, usages] = [6, 4];
    expect(trees).toHaveLength(3 * runs + usages);
    expect(await treesOf('word '.repeat(300))).toHaveLength(trees.length);
  });

  it('shares what has not changed', async () => {
    const trees = await all(someChain().events$('Hi').pipe(runTree(clock)));
    const [before, after] = [trees.at(-2)!, trees.at(-1)!];
    expect(after).not.toBe(before);
    expect(after.children).toBe(before.children);
    const lower = trees
      .map(({ children }) => children[0])
      .filter((node) => node?.status === 'done');
    expect(lower.length).toBeGreaterThan(10);
    expect(new Set(lower).size).toBe(1);
  });

  it.each([null, 16, {}])('takes no %p for a clock', (it) => {
    expect(() => runTree(it as never)).toThrow(TypeError);
    expect(() => runTree(it as never)).toThrow('clock must be');
  });

  it('has types', () => {
    expectTypeOf(runTree()).toEqualTypeOf<OperatorFunction<RunEvent, RunNode>>();
    expectTypeOf(runTree(Date)).toEqualTypeOf<OperatorFunction<RunEvent, RunNode>>();
    expectTypeOf<RunNode['children']>().toEqualTypeOf<readonly RunNode[]>();
  });
});
