import fc from 'fast-check';
import { asapScheduler, defer, finalize, from, type Observable, observeOn, of } from 'rxjs';
import {
  ChatPromptTemplate,
  CommaSeparatedListOutputParser,
  JsonOutputParser,
  lambda,
  PromptTemplate,
  Retriever,
  type Runnable,
  RunnablePassthrough,
  StringOutputParser,
  tool,
  withStructuredOutput,
} from 'rxlm';
import { FakeGenerate, FakeStream } from './models.js';
import { callOf, endOf } from './scripted-model.js';

/** A runnable, and what it is to make of any text. */
export interface Node {
  readonly shown: string;
  readonly runnable: Runnable<string, unknown>;
  readonly output: unknown;
}
export const node = (shown: string, runnable: unknown, output: unknown): Node => ({
  shown,
  runnable: runnable as Runnable<string, unknown>,
  output,
});

/** What is at work: sources that have been subscribed to and not been released. */
export const atWork = { count: 0 };

export function counted<T>(source$: Observable<T>): Observable<T> {
  return defer(() => {
    atWork.count += 1;
    return source$.pipe(finalize(() => (atWork.count -= 1)));
  });
}

const pieces = (text: string) =>
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 4 }), fc.boolean())
    .map(([cuts, later]) => {
      const at = [0, ...new Set(cuts.sort((a, b) => a - b)), text.length];
      const texts = at.slice(1).map((end, index) => text.slice(at[index], end));
      return new FakeStream(() =>
        counted(later ? from(texts).pipe(observeOn(asapScheduler)) : from(texts)),
      );
    });

const plain: fc.Arbitrary<Node> = fc.oneof(
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

class Shelf extends Retriever {
  protected override getRelevantDocuments(query: string) {
    return Promise.resolve([{ pageContent: query, metadata: {} }]);
  }
}
const asked = lambda((q: string) => ({ q }));
const wrap = { name: 'wrap', description: 'Wraps.', schema: { type: 'object' } };

/** Prompts, tools, retrievers, structured output and functions of all kinds. */
const others: fc.Arbitrary<Node> = fc.oneof(
  pieces('goldfish').map((model) =>
    node(
      'chat prompt',
      asked
        .pipe(ChatPromptTemplate.fromMessages([['human', 'What is {q}?']]))
        .pipe(model)
        .pipe(new StringOutputParser()),
      'goldfish',
    ),
  ),
  pieces('{"t":"gold","n":[1]}').map((model) =>
    node(
      'structured text',
      withStructuredOutput(model, { type: 'object' }, { method: 'json_schema' }),
      { t: 'gold', n: [1] },
    ),
  ),
  fc.boolean().map((later) => {
    const values$ = from(['gold', 'fish']);
    const given = () => counted(later ? values$.pipe(observeOn(asapScheduler)) : values$);
    return node('observable', lambda(given), 'goldfish');
  }),
  fc.constantFrom(
    node('prompt', asked.pipe(PromptTemplate.fromTemplate('<{q}>')).pipe(lambda(String)), '<q>'),
    node(
      'iterable',
      lambda(async function* () {
        yield 'gold';
        await Promise.resolve();
        yield 'fish';
      }),
      'goldfish',
    ),
    node('tool', asked.pipe(tool({ ...wrap, func: ({ q }) => [q] }) as never), ['q']),
    node(
      'progress',
      asked.pipe(
        tool({
          ...wrap,
          func: () => counted(of({ at: 1 }, { at: 2 }, 'done').pipe(observeOn(asapScheduler))),
        }) as never,
      ),
      'done',
    ),
    node('retriever', new Shelf(), [{ pageContent: 'q', metadata: {} }]),
    node(
      'structured call',
      withStructuredOutput(
        new FakeStream(() =>
          counted(of('I extract.', endOf([callOf('x', 'extract', { t: 'gold' })]))),
        ),
        { type: 'object' },
      ),
      { t: 'gold' },
    ),
    node(
      'generate',
      new FakeGenerate(() => Promise.resolve('whole')).pipe(new StringOutputParser()),
      'whole',
    ),
  ),
);

export const part: fc.Arbitrary<Node> = fc.oneof(plain, others);
