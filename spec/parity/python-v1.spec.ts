import { readFileSync } from 'node:fs';
import { catchError, EMPTY, firstValueFrom, toArray } from 'rxjs';
import type { Runnable } from 'rxlm';
import { pythonChains as chains } from '../support/python-chains.js';
import { besideProject } from '../testing/real-recordings.js';

interface Told {
  readonly event: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly run: unknown;
}

interface Story {
  readonly name: string;
  readonly tags: readonly string[];
  readonly story: [event: string, data: unknown][];
}

/** Messages as Python's are shown: their kind and content. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('response_metadata' in value || 'tool_call_id' in value) {
    const { type, content, tool_call_id } = value as Record<string, unknown>;
    if (type !== undefined && content !== undefined)
      return { _m: type, content, ...(tool_call_id === undefined ? {} : { tool_call_id }) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

/**
 * What is emitted for each run, without what differs on purpose: a nested input that is known at the start, the names of
 * maps, the id of a tool's call, and how a run that failed ends. Without the root, all runs are nested.
 */
function storiesOf(events: readonly Told[], hasRoot: boolean): Story[] {
  const runs = new Map<unknown, Story>();
  const failed = new Set<unknown>();
  for (const { event, name, tags, data, run } of events) {
    if (
      event.endsWith('_error') ||
      (event.endsWith('_end') && data['output'] === null && name === 'bad')
    )
      failed.add(run);
    if (!runs.has(run))
      runs.set(run, {
        name: name.replace(/<.*>/, '').replace('RunnableParallel', 'RunnableMap'),
        tags: [...tags].sort(),
        story: [],
      });
    if (event === 'on_custom_event') {
      runs.get(run)?.story.push([`${event} ${name}`, data]);
      continue;
    }
    const { tool_call_id: _id, ...said } = { ...data } as Record<string, unknown>;
    const isStart = event.endsWith('_start') && (!hasRoot || run !== 0);
    if (isStart && event.startsWith('on_chain')) delete said['input'];
    // A condition is a run like any other here.
    if (event.endsWith('_stream') && tags.some((tag) => tag.startsWith('condition:'))) continue;
    runs
      .get(run)!
      .story.push([
        event,
        JSON.parse(JSON.stringify(said).replaceAll(/\\": /g, '\\":').replaceAll(/, \\"/g, ',\\"')),
      ]);
  }
  // Branches run at once, in whatever order.
  for (const { name, story } of runs.values())
    if (name === 'RunnableMap')
      story.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const hasEnded = ({ story }: Story) => story.some(([event]) => event.endsWith('_end'));
  const recorded = [...runs].filter(([run, story]) => !failed.has(run) && hasEnded(story));
  const key = ({ name, tags }: Story) => `${name} ${tags.join()}`;
  return recorded.map(([, story]) => story).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function eventsOf(key: string, version: 'v1' | 'v2'): Promise<Told[]> {
  const [runnable, input, config] = chains[key]!();
  const view$ = (runnable as Runnable<unknown, unknown>).events$(input, { ...config, version });
  const events = await firstValueFrom(
    view$.pipe(
      catchError(() => EMPTY),
      toArray(),
    ),
  );
  const ids = [...new Set(events.map(({ run_id }) => run_id))];
  return events.map(({ event, name, tags, data, run_id }) => ({
    event,
    name,
    tags,
    data: plain(data) as Told['data'],
    run: ids.indexOf(run_id),
  }));
}

const added = (events: readonly Told[], others: readonly Told[]) => {
  const all = others.map((event) => JSON.stringify(event));
  return events
    .filter((event) => !all.includes(JSON.stringify(event)))
    .map(({ event, data }) => [event, data['chunk'] ?? data['output']]);
};

const answer = (text: string) => ({ _m: 'ai', content: text });
const generations = (type: string, text = 'hello world!') => ({
  generations: [[{ text, generation_info: null, type, message: answer(text) }]],
  llm_output: null,
  run: null,
  type: 'LLMResult',
});
const documents = [
  { pageContent: 'hello world!', metadata: { foo: 'bar' } },
  { pageContent: 'goodbye world!', metadata: { food: 'spare' } },
];
const streamed = [['on_chat_model_end', generations('ChatGenerationChunk')]];

/**
 * Python patches a root's input into the first event that a filter lets through, and wraps inputs that are falsy. In
 * version 1 it calls the answer to `ainvoke` a `ChatGeneration`; here `invoke` is the fold of the stream, whose answer is a
 * `ChatGenerationChunk`. It trims a text before it reads the JSON so far, and so loses the space at the end of a string that
 * still grows. What its `ainvoke` runs within a function has no stream events.
 */
const QUIRKS: ReadonlySet<string> = new Set([
  'v2:triple_inc',
  'v2:triple_exc',
  'v2:chain_types',
  'v2:falsy_input',
  'v2:zero_input',
  'v1:no_stream_lambda',
  'v1:no_stream_lambda_text',
  'v1:parents',
  'v2:parents',
  'v1:chain_json',
  'v2:chain_json',
]);

/** Chains whose filters leave out the root. */
const FILTERED: ReadonlySet<string> = new Set(['triple_inc', 'triple_exc', 'chain_types']);

/** Chains of which Python's events end before the end, and why. */
const PYTHON_ALONE: Readonly<Record<string, string>> = {
  retry:
    'a retry fails there where its events are asked for: only the start of the first attempt is emitted',
  retry_fail: 'the same',
  each: 'RunnableEach has no events there: "does not support astream_events yet"',
};

describe('(group 20) version 1 of the events, as in LangChain for Python', () => {
  const differing: Record<string, unknown[]> = {
    simple_chain: streamed,
    simple_chain_str: streamed,
    chain_types: streamed,
    runname_tags: streamed,
    lambda_returns_runnable: streamed,
    assign_model: streamed,
    no_stream_lambda: streamed,
    no_stream_lambda_text: streamed,
    chain_json: [
      ['on_chat_model_end', generations('ChatGenerationChunk', '{"a": "x y", "b": "z"}')],
    ],
    chain_list: [['on_chat_model_end', generations('ChatGenerationChunk', 'a, b c, d')]],
    retriever: [['on_retriever_stream', documents]],
    retriever_fmt: [['on_retriever_end', { documents }]],
    tool_none: [['on_tool_stream', 'hello']],
    tool_params: [['on_tool_stream', { x: 1, y: '2' }]],
    tool_call: [['on_tool_stream', { _m: 'tool', content: '{"x":1,"y":"2"}', tool_call_id: 't1' }]],
  };

  it.each(Object.keys(chains))('of %s differ from version 2 in what Python adds', async (key) => {
    const [v1, v2] = [await eventsOf(key, 'v1'), await eventsOf(key, 'v2')];
    expect(added(v1, v2)).toEqual(differing[key] ?? []);
  });

  it('are those of Python, where its answers are at hand', async () => {
    const path = besideProject('../oracle/python/events.json');
    const oracle = path === undefined ? {} : (JSON.parse(readFileSync(path, 'utf8')) as object);
    const missing = Object.keys(oracle).filter((key) => !(key.slice(3) in chains));
    expect(missing.filter((key) => !(key.slice(3) in PYTHON_ALONE))).toEqual([]);
    for (const [key, { events }] of Object.entries(oracle) as [string, { events: Told[] }][]) {
      const [version, name] = key.split(':') as ['v1' | 'v2', string];
      if (!(name in chains) || QUIRKS.has(key)) continue;
      const hasRoot = !FILTERED.has(name);
      const recorded = storiesOf(await eventsOf(name, version), hasRoot);
      expect({ key, recorded }).toEqual({ key, recorded: storiesOf(events, hasRoot) });
    }
  });
});
