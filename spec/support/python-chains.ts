import { of } from 'rxjs';
import {
  branch,
  ChatPromptTemplate,
  CommaSeparatedListOutputParser,
  dispatchCustomEvent,
  JsonOutputParser,
  lambda,
  parallel,
  pick,
  Retriever,
  type RunConfig,
  type Runnable,
  RunnablePassthrough,
  StringOutputParser,
  tool,
  withConfig,
  withFallbacks,
} from 'rxlm';
import { z } from 'zod';
import { saying } from './models.js';

const named = (runName: string, runnable: unknown, config: RunConfig = {}) =>
  withConfig<unknown, unknown, unknown, unknown>(runnable as Runnable<unknown, unknown>, {
    runName,
    ...config,
  });
const chain = (first: unknown, ...rest: unknown[]) =>
  rest.reduce<Runnable<unknown, unknown>>(
    (whole, next) => whole.pipe(next as never),
    first as Runnable<unknown, unknown>,
  );
const rev = (text: string) => [...text].reverse().join('');
const r = lambda(rev);
const words = (text: string) => text.split(/( )/);
const model = named('my_model', saying(...words('hello world!')).bind({ stop: ['<stop_token>'] }), {
  tags: ['my_model'],
  metadata: { a: 'b' },
});
const prompt = named(
  'my_template',
  ChatPromptTemplate.fromMessages([
    ['system', 'You are a lunar cat'],
    ['human', '{question}'],
  ]),
  { tags: ['my_template'] },
);
class Shelf extends Retriever {
  protected override getRelevantDocuments() {
    return [
      { pageContent: 'hello world!', metadata: { foo: 'bar' } },
      { pageContent: 'goodbye world!', metadata: { food: 'spare' } },
    ];
  }
}
const params = z.object({ x: z.number(), y: z.string() });
const aTool = (name: string, schema: z.ZodType, func: (input: never) => unknown) =>
  tool({ name, description: name, schema, func } as never);
const parameterless = aTool('parameterless', z.object({}), () => 'hello');
const withParams = aTool('with_params', params, ({ x, y }: { x: number; y: string }) => ({ x, y }));
const getDocs = aTool('get_docs', z.object({ x: z.number() }), () => [
  { pageContent: 'hello', metadata: {} },
]);
const fails = aTool('fails', z.object({ x: z.number() }), () => {
  throw new Error('boom');
});
const bad = named(
  'bad',
  lambda(() => {
    throw new Error('bad');
  }),
);
const custom = named(
  'foo',
  lambda((x: unknown, config) => {
    dispatchCustomEvent('event1', { x }, config);
    dispatchCustomEvent('event2', 'foo', config);
    return x;
  }),
);
const streaming = named(
  'g',
  lambda(() => of('a', 'b', 'c')),
);
const step = (name: string) =>
  named(
    name,
    lambda((x: unknown) => x),
  );
const grandchild = named(
  'grandchild',
  lambda((text: string) => text),
);
const child = named(
  'child',
  lambda((text: string, config) => grandchild.invoke(text, config)),
);
const hi = { question: 'hello' };

/**
 * Chains of which LangChain for Python was asked for its events, and what version 1 adds to what version 2 says of them.
 * Where its answers lie beside the project, all is compared with them.
 */
export const pythonChains: Record<string, () => [unknown, unknown, object?]> = {
  function_tool: () => [
    chain(
      named(
        'foo',
        lambda(() => ({ x: 5 })),
      ),
      getDocs,
    ),
    {},
  ],
  single_lambda: () => [named('reverse', r), 'hello'],
  triple: () => [
    chain(named('1', r), named('2', r, { tags: ['my_tag'] }), named('3', r, { tags: ['my_tag'] })),
    'hello',
  ],
  triple_inc: () => [pythonChains['triple']!()[0], 'hello', { includeNames: ['1'] }],
  triple_exc: () => [
    pythonChains['triple']!()[0],
    'hello',
    { includeTags: ['my_tag'], excludeNames: ['2'] },
  ],
  no_stream_lambda: () => [
    named(
      'no_stream_lambda',
      lambda((text: string, config) => model.invoke(text, config)),
    ),
    'hello',
  ],
  no_stream_lambda_text: () => [
    named(
      'f',
      lambda(async (text: string, config) => {
        const { content } = (await model.invoke(text, config)) as { content: string };
        return content;
      }),
    ),
    'hello',
  ],
  parents: () => [
    named(
      'parent',
      lambda((text: string, config) => child.invoke(text, config)),
    ),
    'hello',
  ],
  chain_json: () => [
    chain(prompt, named('mj', saying(...words('{"a": "x y", "b": "z"}'))), new JsonOutputParser()),
    hi,
  ],
  lambda_obj: () => [
    named(
      'my_lambda',
      lambda(() => ({ answer: 'goodbye' })),
    ),
    { question: 'hello' },
  ],
  model: () => [model, 'hello'],
  simple_chain: () => [
    named('my_chain', chain(prompt, model), { tags: ['my_chain'], metadata: { foo: 'bar' } }),
    hi,
  ],
  simple_chain_str: () => [chain(prompt, model, new StringOutputParser()), hi],
  chain_types: () => [
    chain(prompt, model, new StringOutputParser()),
    hi,
    { includeTypes: ['chat_model', 'parser'] },
  ],
  chain_list: () => [
    chain(prompt, named('ml', saying(...words('a, b c, d'))), new CommaSeparatedListOutputParser()),
    hi,
  ],
  retriever: () => [named('HardCodedRetriever', new Shelf()), 'hello'],
  retriever_fmt: () => [
    chain(
      named('Retriever', new Shelf()),
      named(
        'format_docs',
        lambda((docs: { pageContent: string }[]) => docs.map((doc) => doc.pageContent).join(', ')),
      ),
    ),
    'hello',
  ],
  tool_none: () => [parameterless, {}],
  tool_params: () => [withParams, { x: 1, y: '2' }],
  tool_call: () => [
    withParams,
    { type: 'tool_call', id: 't1', name: 'with_params', args: { x: 1, y: '2' } },
  ],
  tool_in_chain: () => [
    chain(
      named(
        'p',
        lambda(() => ({ x: 1, y: '2' })),
      ),
      withParams,
    ),
    'go',
  ],
  tool_fail: () => [fails, { x: 1 }],
  tool_bad_input: () => [withParams, { x: 'q', y: '2' }],
  map: () => [
    chain(
      parallel({ reversed: r, original: new RunnablePassthrough() }),
      named(
        'pick',
        lambda((all: { reversed: string }) => all.reversed),
      ),
    ),
    'hello',
  ],
  assign: () => [
    RunnablePassthrough.assign({
      len: named(
        'len',
        lambda(({ w }: { w: string }) => w.length),
      ) as never,
    }),
    { w: 'gold' },
  ],
  assign_model: () => [
    chain(
      parallel({ question: new RunnablePassthrough() }),
      RunnablePassthrough.assign({
        answer: chain(prompt, model, new StringOutputParser()) as never,
      }),
    ),
    'hi',
  ],
  branch: () => [
    branch(
      [
        named(
          'c1',
          lambda((n: number) => n > 9),
        ) as never,
        named(
          'big',
          lambda(() => 'big'),
        ) as never,
      ],
      named(
        'small',
        lambda(() => 'small'),
      ) as never,
    ),
    5,
  ],
  fallback: () => [
    withFallbacks(bad, [
      named(
        'good',
        lambda(() => 'ok'),
      ),
    ]),
    'x',
  ],
  lambda_error: () => [bad, 'x'],
  chain_error: () => [chain(prompt, bad), { question: 'x' }],
  custom: () => [custom, 1],
  custom_nested: () => [chain(custom, named('r', r)), 'ab'],
  gen_lambda: () => [streaming, 'x'],
  gen_chain: () => [chain(streaming, new StringOutputParser()), 'x'],
  lambda_returns_runnable: () => [
    named(
      'l',
      lambda((q: string, config) => model.stream$(q, config)),
    ),
    'hello',
  ],
  pick: () => [
    chain(
      parallel({ a: named('r', r) as never, b: new RunnablePassthrough() }),
      pick('a' as never),
    ),
    'hello',
  ],
  falsy_input: () => [chain(step('i'), step('j')), ''],
  zero_input: () => [chain(step('i'), step('j')), 0],
  none_output: () => [
    named(
      'i',
      lambda(() => null),
    ),
    'x',
  ],
  inner_chain: () => [
    chain(named('inner', chain(named('a', r), named('b', r))), named('c', r)),
    'xy',
  ],
  runname_tags: () => [
    chain(prompt, model),
    { question: 'q' },
    { tags: ['t'], metadata: { k: 1 }, runName: 'root' },
  ],
};
