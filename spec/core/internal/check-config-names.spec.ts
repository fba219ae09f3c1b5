import { mergeMap, of } from 'rxjs';
import {
  ChatPromptTemplate,
  CommaSeparatedListOutputParser,
  JsonOutputParser,
  lambda,
  parallel,
  type RunConfig,
  Runnable,
  type RunInput,
  runTools,
  StringOutputParser,
  tool,
  withConfig,
  withRetry,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { FakeChatModel } from 'rxlm/testing';
import { CALL_OPTION_RULES } from '../../../lib/anthropic/internal/call-option-rules';
import { checkConfigNames } from '../../../lib/core/internal/check-config-names';

interface Shouting {
  readonly shout?: boolean;
}

class Echo extends Runnable<string, string, string, Shouting> {
  override run$(input: RunInput<string>, config: RunConfig & Shouting) {
    return input.whole$.pipe(
      mergeMap((text) => of(config.shout === true ? text.toUpperCase() : text)),
    );
  }
}

const model = new FakeChatModel(['a', 'a']);
const prompt = ChatPromptTemplate.fromMessages([['human', 'Hi']]);
const chain = prompt.pipe(model).pipe(new StringOutputParser());
const add = tool({ name: 'add', schema: { type: 'object' }, func: () => '3' });
const runnables: [string, Runnable<never, unknown>][] = [
  ['a model', model],
  ['ChatAnthropic', new ChatAnthropic({ model: 'm', apiKey: 'k' })],
  ['a prompt', prompt],
  ['a chain', chain],
  ['a parser of text', new StringOutputParser()],
  ['a parser of JSON', new JsonOutputParser()],
  ['a parser of lists', new CommaSeparatedListOutputParser()],
  ['a lambda', lambda((text: string) => text)],
  ['branches', parallel({ a: lambda((text: string) => text) })],
  ['a tool', add],
  ['an agent', runTools(model, [add])],
  ['retries', withRetry(chain)],
  ['one with a config', withConfig(chain, { tags: ['a'] })],
  ['one of another class', new Echo()],
];

describe.each(runnables)('the config of %s', (_, runnable) => {
  it.each<[string, RegExp]>([
    ['callbacks', /no key "callbacks": use listeners/],
    ['configurable', /use context/],
    ['tags_', /use tags/],
    ['run_name', /use runName/],
    ['max_concurrency', /use maxConcurrency/],
    ['abortSignal', /use signal/],
    ['tag', /use tags/],
  ])('has no key %s', (name, problem) => {
    const config = { [name]: [] } as RunConfig;
    for (const view of ['stream$', 'events$', 'stream', 'streamEvents', 'batch$'] as const) {
      const call = () => runnable[view]([] as never, config);
      expect(call).toThrow(problem);
      expect(call).toThrow(TypeError);
    }
    expect(() => withConfig(runnable, config)).toThrow(problem);
  });

  it('may have keys that say nothing', () => {
    expect(() => {
      runnable.checkConfig({ callbacks: undefined } as RunConfig);
    }).not.toThrow();
  });
});

describe('a config', () => {
  it('has the call options of a class of one’s own', async () => {
    expect(await new Echo().invoke('a', { shout: true })).toBe('A');
    expect(await model.invoke('a', { temperature: 0 })).toBeDefined();
  });

  it('is not looked at in a run inside, which has that of the run around it', async () => {
    const outer = lambda((text: string, config) =>
      chain.stream$({}, { ...config, callbacks: [] } as RunConfig),
    );
    expect(await outer.invoke('a')).toBe('a');
  });

  it('may have any option of Claude’s', () => {
    const names = Object.keys(CALL_OPTION_RULES);
    for (const name of [...names, 'depth', 'seed', 'user', 'logprobs', 'topK', 'effort'])
      expect(() => {
        checkConfigNames({ [name]: 1 });
      }).not.toThrow();
  });
});
