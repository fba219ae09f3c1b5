import { LLM } from '@langchain/core/language_models/llms';
import { GenerationChunk } from '@langchain/core/outputs';
import { PromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { RunnableLambda as LangChainLambda } from '@langchain/core/runnables';
import { from, type Observable, reduce } from 'rxjs';
import { lambda, PromptTemplate, type RunConfig, type RunInput, Runnable } from 'rxlm';
import { runWhole$ } from 'rxlm/provider';
import { comparableRuns, langChainRuns } from '../support/langchain';
import { faultsOf, recordRun } from '../support/run-events';
import { expectSameRuns } from '../support/same-runs';

/**
 * Models that complete a text are none of rxlm's: a class of one's own says what its runs are, and they are reported as
 * LangChain reports its own.
 */
interface Generations {
  readonly generations: readonly (readonly [
    { readonly text: string; readonly generationInfo: object },
  ])[];
  readonly llmOutput: object;
}
interface Piece {
  readonly text: string;
}
type Prompt = string | { toString(): string };

class OurLlm extends Runnable<Prompt, Generations, Piece> {
  static override readonly lcName = 'FakeLLM';
  override readonly runType = 'llm';
  override readonly fold = reduce<Piece, Generations>(
    ({ generations }, { text }) => {
      const before = generations[0]?.[0].text ?? '';
      return { generations: [[{ text: before + text, generationInfo: {} }]], llmOutput: {} };
    },
    { generations: [], llmOutput: {} },
  );
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    super();
    this.#texts = texts;
  }

  override run$(input: RunInput<Prompt>, config: RunConfig): Observable<Piece> {
    return runWhole$(this, input, config, () => from(this.#texts.map((text) => ({ text }))));
  }

  override showInput(prompt: Prompt): unknown {
    return { prompts: [String(prompt)] };
  }
}

class TheirLlm extends LLM {
  static override lc_name(): string {
    return 'FakeLLM';
  }
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    super({});
    this.#texts = texts;
  }
  override _llmType(): string {
    return 'fake';
  }
  override _call(): Promise<string> {
    return Promise.resolve(this.#texts.join(''));
  }
  override async *_streamResponseChunks(
    _prompt: string,
    _options: this['ParsedCallOptions'],
    runManager?: Parameters<LLM['_streamResponseChunks']>[2],
  ): AsyncGenerator<GenerationChunk> {
    for (const text of this.#texts) {
      yield new GenerationChunk({ text });
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, {
        chunk: new GenerationChunk({ text }),
      });
    }
  }
}

const texts = ['hey', '!', ' you'];

describe('(groups 5 and 9) a model of plain text, as in LangChain.js', () => {
  it('by itself', async () => {
    const { events } = recordRun(new OurLlm(texts), 'hi');
    expect(comparableRuns(events)).toEqual(await langChainRuns(new TheirLlm(texts), 'hi'));
    expect(faultsOf(events)).toEqual([]);
  });

  it('behind a prompt', async () => {
    const chain = PromptTemplate.fromTemplate('What is {q}?').pipe(new OurLlm(texts));
    const chainOfTheirs = LangChainPrompt.fromTemplate('What is {q}?').pipe(new TheirLlm(texts));
    const recorded = comparableRuns(recordRun(chain, { q: 'it' }).events);
    const expected = await langChainRuns(chainOfTheirs, { q: 'it' });
    expect(recorded.map(({ name, tags }) => [name, tags])).toEqual(
      expected.map(({ name, tags }) => [name, tags]),
    );
    const llm = (runs: typeof recorded) => runs.find(({ name }) => name === 'FakeLLM')?.story;
    expect(llm(recorded)).toEqual(llm(expected));
  });

  it('inside a function, streaming', async () => {
    const outer = lambda((q: string, config) => new OurLlm(texts).stream$(q, config));
    const outerOfTheirs = new LangChainLambda({
      func: async function* (q: string, config: unknown) {
        for await (const text of await new TheirLlm(texts).stream(q, config as never))
          yield { text };
      } as never,
    });
    const recorded = comparableRuns(recordRun(outer, 'hi').events);
    const expected = await langChainRuns(outerOfTheirs, 'hi');
    expectSameRuns(recorded.slice(1), expected.slice(1));
  });

  it('that does not stream, inside a function', async () => {
    const outer = lambda((q: string, config) => new OurLlm(['hello world']).stream$(q, config));
    const whole = Object.assign(new TheirLlm(['hello world']), {
      _streamResponseChunks: LLM.prototype._streamResponseChunks,
    });
    const outerOfTheirs = new LangChainLambda({
      func: (q: string, config: unknown) => whole.invoke(q, config as never),
    });
    const recorded = comparableRuns(recordRun(outer, 'hi').events);
    const expected = await langChainRuns(outerOfTheirs, 'hi');
    // A run of ours reports its chunk, and LangChain says of a whole text nothing but the text.
    const [start, , end] = recorded[1]?.story ?? [];
    expect(start).toEqual(expected[1]?.story[0]);
    expect(end).toMatchObject(expected[1]?.story[1] as object);
    expect(recorded[1]?.story.map(({ event }) => event)).toEqual([
      'on_llm_start',
      'on_llm_stream',
      'on_llm_end',
    ]);
  });
});
