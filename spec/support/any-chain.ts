import fc from 'fast-check';
import { defer, of, startWith, throwError } from 'rxjs';
import {
  branch,
  lambda,
  parallel,
  pick,
  RunnableEach,
  RunnablePassthrough,
  runTools,
  tool,
  withConfig,
  withFallbacks,
  withRetry,
  withStructuredOutput,
} from 'rxlm';
import { counted, type Node, node, part } from './any-part.js';
import { broken, FailsFirst } from './fails-first.js';
import { FakeStream } from './models.js';
import { callOf, endOf } from './scripted-model.js';

const asap = { delay: 0 };

const nested = { name: 'nested', description: 'Runs another.', schema: { type: 'object' } };

/** What a tool answers a model with, as data: keys that are assigned stand in the order in which they came. */
const dataOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A text that is JSON is read as such. */
const asAnswered = (output: unknown): unknown =>
  typeof output === 'string' ? dataOf(output) : output;

const { chain } = fc.letrec<{ chain: Node }>((again) => {
  const child = again('chain');
  const pair = fc.tuple(child, child);
  const both = ([x, y]: readonly [Node, Node]) => parallel({ x: x.runnable, y: y.runnable });
  return {
    chain: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: part },
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
          `tool(${x.shown})`,
          lambda((q: string) => ({ q })).pipe(
            tool({
              ...nested,
              func: ({ q }, config) => x.runnable.invoke(q as string, config),
            }) as never,
          ),
          x.output,
        ),
      ),
      fc
        .tuple(child, child, fc.boolean())
        .map(([x, y, parallelly]) =>
          node(
            `agent(${x.shown}, ${y.shown})`,
            runTools(
              new FakeStream((messages) =>
                counted(
                  messages.at(-1)?.type === 'tool'
                    ? of('done', endOf([]))
                    : of('I ask.', endOf([callOf('x', 'x'), callOf('y', 'y')])),
                ),
              ),
              [
                tool({ ...nested, name: 'x', func: (_, config) => x.runnable.invoke('q', config) }),
                tool({ ...nested, name: 'y', func: (_, config) => y.runnable.invoke('q', config) }),
              ],
              { concurrency: parallelly ? 2 : 1, approve: () => counted(of(true)) },
            ).pipe(
              lambda(({ messages, output, steps, finish }) => [
                messages.filter(({ type }) => type === 'tool').map(({ text }) => dataOf(text)),
                output.text,
                steps,
                finish,
              ]),
            ),
            [[x.output, y.output].map(asAnswered), 'done', 2, 'done'],
          ),
        ),
      child.map((x) =>
        node(
          `observed(${x.shown})`,
          // Several chunks of what is no text, of which the last stands.
          lambda((q: string, config) =>
            defer(() => x.runnable.invoke(q, config)).pipe(startWith(null)),
          ),
          x.output,
        ),
      ),
      child.map((x) =>
        node(
          `iterated(${x.shown})`,
          lambda(async function* (q: string, config) {
            yield await x.runnable.invoke(q, config);
          }),
          x.output,
        ),
      ),
      child.map((x) =>
        node(
          `structured(${x.shown})`,
          x.runnable.pipe(
            lambda((value: unknown, config) =>
              withStructuredOutput(
                new FakeStream(() =>
                  counted(of(endOf([callOf('x', 'extract', { value: value as never })]))),
                ),
                { type: 'object' },
              ).stream$('q', config),
            ),
          ),
          { value: x.output },
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

/** Chains of all parts, and what each makes of the text `q`. */
export const anyChain: fc.Arbitrary<Node> = chain.map((each) =>
  Object.assign(each, { [fc.toStringMethod]: () => each.shown }),
);
