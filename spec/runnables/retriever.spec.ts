import { expectTypeOf } from 'expect-type';
import { type RetrievedDocument, lambda, Retriever, type Runnable } from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { recordRun, watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const found: readonly RetrievedDocument[] = [
  { pageContent: 'foo', metadata: {} },
  { pageContent: 'bar', metadata: { page: 1 }, id: '2' },
];

class FakeRetriever extends Retriever {
  readonly #find: Retriever['getRelevantDocuments'];

  constructor(find: Retriever['getRelevantDocuments'] = () => Promise.resolve(found)) {
    super();
    this.#find = find;
  }

  protected override getRelevantDocuments(query: string, config: LambdaConfig) {
    return this.#find(query, config);
  }
}

describe('a retriever', () => {
  it('gives the documents, once, also where they are there at once', async () => {
    expect(await new FakeRetriever().invoke('q')).toEqual(found);
    expect(await new FakeRetriever(() => found).invoke('q')).toEqual(found);
    expect(await new FakeRetriever(() => []).invoke('q')).toEqual([]);
    const recorded = recordRun(new FakeRetriever(), 'q');
    await turn();
    expect(recorded.values).toEqual([found]);
  });

  it('[7] is reported as a root with its raw query', async () => {
    const recorded = recordRun(new FakeRetriever(), 'q');
    await turn();
    expect(recorded.events.map(({ event, name, data }) => [event, name, data])).toEqual([
      ['on_retriever_start', 'FakeRetriever', { input: 'q' }],
      ['on_retriever_end', 'FakeRetriever', { output: found }],
    ]);
  });

  it('[7] is reported inside another run with { query }', async () => {
    const retriever = new FakeRetriever();
    const recorded = recordRun(
      lambda((q: string, config) => retriever.stream$(q, config)),
      'q',
    );
    await turn();
    expect(recorded.events.map(({ event, data }) => [event, data])).toEqual([
      ['on_chain_start', { input: 'q' }],
      ['on_retriever_start', { input: { query: 'q' } }],
      ['on_chain_stream', { chunk: found }],
      ['on_retriever_end', { output: found, input: { query: 'q' } }],
      ['on_chain_end', { output: found }],
    ]);
  });

  it('[2] aborts its signal when it is left', async () => {
    let signal: AbortSignal | undefined;
    const endless = new FakeRetriever((_, config) => {
      signal = config.signal;
      return new Promise(() => undefined);
    });
    const recorded = recordRun(endless, 'q');
    await turn();
    recorded.leave();
    expect(signal?.aborted).toBe(true);
    expect(recorded.story().at(-1)).toBe('retriever_cancel FakeRetriever');
  });

  it.each<[string, () => never]>([
    ['rejects', () => Promise.reject(new Error('broken')) as never],
    ['throws', () => { throw new Error('broken'); }], // prettier-ignore
  ])('fails where finding %s', async (_, find) => {
    await expect(new FakeRetriever(find).invoke('q')).rejects.toThrow('broken');
  });

  it('throws a TypeError for what is no query', () => {
    const error = new TypeError('FakeRetriever takes a query as a string, got 7');
    expect(() => new FakeRetriever().stream$(7 as never)).toThrow(error);
    const behind = lambda(() => 7).pipe(new FakeRetriever() as Runnable<unknown, unknown>);
    expect(watch(behind.stream$('q')).ended).toEqual({ error });
  });

  it('has the types of a query and of documents', () => {
    expectTypeOf(new FakeRetriever()).toExtend<Runnable<string, readonly RetrievedDocument[]>>();
    // @ts-expect-error -- no query
    expect(() => new FakeRetriever().stream$(7)).toThrow(TypeError);
  });
});
