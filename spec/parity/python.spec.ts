import { defer, finalize, interval, lastValueFrom, map, toArray } from 'rxjs';
import {
  ChatPromptTemplate,
  lambda,
  Retriever,
  type RunEvent,
  StringOutputParser,
  tool,
  withRetry,
} from 'rxlm';
import { z } from 'zod';
import { FakeStream, saying } from '../support/models';
import { faultsOf, record, recordRun } from '../support/run-events';

/**
 * What LangChain for Python says of events and its edition for JavaScript does not: `parent_ids`, children first, and
 * work that ends when one breaks out of the loop.
 */
const recorded = (events: readonly RunEvent[]) =>
  events.map(({ event, name, parent_ids }) => `${' '.repeat(parent_ids.length)}${event} ${name}`);

/** The chain of names that leads to each run. */
function paths(events: readonly RunEvent[]): string[] {
  const names = new Map(events.map(({ run_id, name }) => [run_id, name]));
  return events
    .filter(({ event }) => event.endsWith('_start'))
    .map(({ parent_ids, run_id }) => [...parent_ids, run_id].map((id) => names.get(id)).join('/'));
}

describe('(group 20) events, as in LangChain for Python', () => {
  it('of a model by itself', () => {
    const { events } = recordRun(saying('hello', ' ', 'world'), 'hi');
    expect(recorded(events)).toEqual([
      'on_chat_model_start FakeStream',
      ...Array<string>(3).fill('on_chat_model_stream FakeStream'),
      'on_chat_model_end FakeStream',
    ]);
  });

  it('of a simple chain: the model’s chunk is reported before those that it causes', () => {
    const chain = ChatPromptTemplate.fromMessages([['human', '{q}']]).pipe(
      saying('hello', 'world'),
    );
    expect(recorded(recordRun(chain, { q: 'hi' }).events)).toEqual([
      'on_chain_start RunnableSequence',
      ' on_prompt_start ChatPromptTemplate',
      ' on_prompt_end ChatPromptTemplate',
      ' on_chat_model_start FakeStream',
      ' on_chat_model_stream FakeStream',
      'on_chain_stream RunnableSequence',
      ' on_chat_model_stream FakeStream',
      'on_chain_stream RunnableSequence',
      ' on_chat_model_end FakeStream',
      'on_chain_end RunnableSequence',
    ]);
  });

  it('of a model in a function, invoked', async () => {
    const outer = lambda(
      async (q: string, config) => (await saying('hello', 'world').invoke(q, config)).text,
    );
    const events = await lastValueFrom(outer.events$('hi').pipe(toArray()));
    expect(recorded(events)).toEqual([
      'on_chain_start RunnableLambda',
      ' on_chat_model_start FakeStream',
      ' on_chat_model_stream FakeStream',
      ' on_chat_model_stream FakeStream',
      ' on_chat_model_end FakeStream',
      'on_chain_stream RunnableLambda',
      'on_chain_end RunnableLambda',
    ]);
  });

  it('of a retriever and what formats its documents', async () => {
    class HardCoded extends Retriever {
      protected override getRelevantDocuments() {
        return [{ pageContent: 'hello world!', metadata: { source: '1' } }];
      }
    }
    const chain = new HardCoded().pipe(
      lambda((docs) => docs.map(({ pageContent }) => pageContent).join(), { name: 'format_docs' }),
    );
    const events = await lastValueFrom(chain.events$('hello').pipe(toArray()));
    expect(recorded(events)).toEqual([
      'on_chain_start RunnableSequence',
      ' on_retriever_start HardCoded',
      ' on_retriever_end HardCoded',
      ' on_chain_start format_docs',
      ' on_chain_stream format_docs',
      'on_chain_stream RunnableSequence',
      ' on_chain_end format_docs',
      'on_chain_end RunnableSequence',
    ]);
  });

  it('of a chain with a tool', () => {
    const add = tool({
      name: 'add',
      description: 'Adds.',
      schema: z.object({ a: z.number(), b: z.number() }),
      func: ({ a, b }) => a + b,
    });
    const chain = lambda(() => ({ a: 1, b: 2 })).pipe(add);
    const { events } = recordRun(chain, 'x');
    expect(recorded(events)).toEqual([
      'on_chain_start RunnableSequence',
      ' on_chain_start RunnableLambda',
      ' on_chain_stream RunnableLambda',
      ' on_chain_end RunnableLambda',
      ' on_tool_start add',
      ' on_tool_end add',
      'on_chain_stream RunnableSequence',
      'on_chain_end RunnableSequence',
    ]);
  });

  it('of a retry: each attempt is a run, from the second on with its number', async () => {
    let calls = 0;
    const flaky = lambda(() => {
      calls += 1;
      if (calls < 3) throw new Error('busy');
      return 'done';
    });
    const events = await lastValueFrom(withRetry(flaky, { delay: 0 }).events$('x').pipe(toArray()));
    const attempts = events.filter(
      ({ event, parent_ids }) => event.endsWith('_start') && parent_ids.length > 0,
    );
    expect(attempts.map(({ tags }) => tags)).toEqual([
      [],
      ['retry:attempt:2'],
      ['retry:attempt:3'],
    ]);
    expect(faultsOf(events)).toEqual([]);
  });

  it('have the way from the root to each run, however deep and however it is run', async () => {
    const child = lambda((q: string) => q, { name: 'child' });
    const inner = lambda((q: string, config) => child.invoke(q, config), { name: 'inner' });
    const outer = lambda(
      async (q: string, config) => [await inner.invoke(q, config), await child.invoke(q, config)],
      {
        name: 'outer',
      },
    );
    const events = await lastValueFrom(outer.events$('x').pipe(toArray()));
    expect(paths(events)).toEqual(['outer', 'outer/inner', 'outer/inner/child', 'outer/child']);
    expect(faultsOf(events)).toEqual([]);
  });

  it('end, and what is at work with them, when one breaks out of the loop', async () => {
    let open = 0;
    const endless = new FakeStream(() =>
      defer(() => {
        open += 1;
        return interval(1).pipe(
          map(() => 'a'),
          finalize(() => (open -= 1)),
        );
      }),
    );
    const outer = lambda((q: string, config) =>
      endless.pipe(new StringOutputParser()).stream$(q, config),
    );
    const { events, listener } = record();
    for await (const { event } of outer.streamEvents('x', { listeners: [listener] }))
      if (event === 'on_parser_stream') break;
    expect(open).toBe(0);
    expect(recorded(events).slice(-4)).toEqual([
      '  on_chat_model_cancel FakeStream',
      '  on_parser_cancel StrOutputParser',
      ' on_chain_cancel RunnableSequence',
      'on_chain_cancel RunnableLambda',
    ]);
  });
});
