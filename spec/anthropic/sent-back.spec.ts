import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom, NEVER, type Observable, concat, Subject } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  ChatModel,
  foldMessages,
  ModelError,
  type RunEvent,
  runTools,
  toChatState,
  tool,
} from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MessageDecoder } from '../../lib/anthropic/stream/message-decoder';
import { toRequest } from '../../lib/anthropic/request/to-request';
import type { WireEvent } from '../../lib/anthropic/stream/wire';
import {
  eventOf,
  readRecording,
  type Recording,
  splitMessages,
} from '../../lib/testing/anthropic/recording';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { refusalOf } from '../../lib/testing/anthropic/request-rules/check-request';
import { SignedThinking } from '../../lib/testing/anthropic/request-rules/signed-thinking';

const SHARED = join(__dirname, '../../../shared/recordings/anthropic');
const shared: [string, Recording][] = existsSync(SHARED)
  ? readdirSync(SHARED).flatMap((file) =>
      splitMessages(readRecording(join(SHARED, file))).map(
        (recording, index): [string, Recording] => [`${file} #${String(index + 1)}`, recording],
      ),
    )
  : [];

const block = (index: number, content_block: object): Recording => [
  { type: 'content_block_start', index, content_block },
  { type: 'content_block_stop', index },
];
const [start, ...rest] = recordingOf({ content: [] });
const [delta, stop] = rest.slice(-2);
const whole = (...blocks: object[]): Recording => [
  start!,
  ...blocks.flatMap((each, index) => block(index, each)),
  delta!,
  stop!,
];

const recordings: [string, Recording][] = [
  ['a text', GOOD],
  ['a verse', goldfishSync],
  [
    'thinking, a text and two calls',
    recordingOf({
      content: [
        { thinking: ['Let me', ' see'], signature: 'EqQB+/=' },
        { text: ['\n\n', 'I add.', ' '] },
        { tool: 'add', id: 'toolu_1', input: ['', '{"a":1,', '"b":2}'] },
        { tool: 'add', id: 'toolu_2', input: [''] },
      ],
      stopReason: 'tool_use',
    }),
  ],
  [
    'whitespace and a call',
    recordingOf({ content: [{ text: ['\n\n'] }, { tool: 'add', id: 'toolu_1', input: ['{}'] }] }),
  ],
  ['nothing', recordingOf({ content: [], stopReason: 'refusal' })],
  [
    'searches',
    whole(
      { type: 'text', text: 'I search.' },
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'a' } },
      { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
      { type: 'mcp_tool_use', id: 'mcptoolu_1', name: 'echo', server_name: 's', input: {} },
      { type: 'mcp_tool_result', tool_use_id: 'mcptoolu_1', is_error: false, content: [] },
      { type: 'text', text: 'Found.' },
    ),
  ],
  [
    'code that calls',
    whole(
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'code_execution', input: { code: 'a' } },
      {
        type: 'tool_use',
        id: 'toolu_1',
        name: 'add',
        input: { a: 1 },
        caller: { type: 'code_execution_20250825', tool_id: 'srvtoolu_1' },
      },
    ),
  ],
  ...shared,
];

/** The chunks that each event of a recording makes; what is no part of a message makes none. */
function chunksOf(recording: Recording): AIMessageChunk[][] {
  let made: AIMessageChunk[] = [];
  const limits = { toolJson: 4e6, toolJsonDepth: 256 };
  const decoder = new MessageDecoder('run-1', limits, (chunk) => made.push(chunk));
  return recording.map((recorded) => {
    made = [];
    decoder.add(eventOf(recorded) as WireEvent);
    return made;
  });
}

/** A model that has said these chunks and is then silent or done. */
class Said extends ChatModel {
  readonly #answers: readonly Observable<AIMessageChunk>[];
  #calls = 0;
  constructor(...answers: readonly Observable<AIMessageChunk>[]) {
    super();
    this.#answers = answers;
  }
  protected override source$(): Observable<AIMessageChunk> {
    return this.#answers[this.#calls++] ?? from([]);
  }
}

const add = tool({ name: 'add', schema: { type: 'object' }, func: () => '3' });
const TOOLS = { model: 'm', maxTokens: 1, tools: [add] };

describe.each(recordings)('%s, cut at any event and sent back with a question', (_, recording) => {
  const signed = new SignedThinking();
  signed.add(recording);
  const chunks = chunksOf(recording);
  const refused = (...said: readonly unknown[]): string[] =>
    [said, JSON.parse(JSON.stringify(said)) as unknown[]].flatMap((each) => {
      const history = [['human', 'Hi'], ...each, ['human', 'Go on.']];
      const { body } = toRequest(coerceMessages(history as never), TOOLS);
      return refusalOf(body, signed) ?? [];
    });
  const cuts = chunks.map((_, index) => index + 1);
  const until = (cut: number): AIMessageChunk[] => chunks.slice(0, cut).flat();
  const problems = new Set<string>();
  const check = (cut: number, ...said: readonly unknown[]): void => {
    for (const problem of refused(...said)) problems.add(`${String(cut)}: ${problem}`);
  };
  beforeEach(() => {
    problems.clear();
  });
  afterEach(() => {
    expect([...problems]).toEqual([]);
  });

  it('[30] is taken as the fold of its chunks', async () => {
    for (const cut of cuts) {
      if (until(cut).length === 0) continue;
      check(cut, await lastValueFrom(from(until(cut)).pipe(foldMessages())));
    }
  });

  it('[30] is taken as the message of a chat state', () => {
    const shown = new Subject<AIMessageChunk>();
    let message: AIMessage | undefined;
    shown.pipe(toChatState({ frame: false })).subscribe((state) => (message = state.message));
    for (const cut of cuts) {
      for (const chunk of chunks[cut - 1] ?? []) shown.next(chunk);
      if (message) check(cut, message);
    }
    expect(message).toBeDefined();
  });

  it('[30] is taken as what a cancelled run says', () => {
    for (const cut of cuts) {
      const events: RunEvent[] = [];
      const model = new Said(concat(from(until(cut)), NEVER));
      model
        .stream$('Hi', { listeners: [(event) => events.push(event)] })
        .subscribe()
        .unsubscribe();
      const { event, data } = events.at(-1)!;
      expect(event).toBe('on_chat_model_cancel');
      const { output } = data as { output?: AIMessage };
      if (output) check(cut, output);
    }
  });

  it('[30] is taken as what an agent has said', async () => {
    for (const cut of cuts) {
      if (until(cut).length === 0) continue;
      const model = new Said(from(until(cut)), from(chunksOf(GOOD).flat()));
      const { messages } = await runTools(model, [add]).invoke('Hi');
      check(cut, ...coerceMessages(messages as never).filter(({ type }) => type !== 'human'));
    }
  });

  it('[30] is taken as the partial message of an error', async () => {
    const server = await startReplayServer({
      strict: true,
      recordings: ({ body }) => recording.slice(0, cutIn(body)),
    });
    const model = new ChatAnthropic({ ...TOOLS, apiKey: 'k', baseURL: server.url, maxRetries: 0 });
    const played = cuts.filter((cut) => eventOf(recording[cut - 1]!).type !== 'message_stop');
    const config = { maxConcurrency: 4, returnExceptions: true } as const;
    const errors = await model.batch(played.map(String), config);
    await server.close();
    for (const [index, error] of errors.entries()) {
      if (!ModelError.is(error)) throw new Error('an answer that was cut off is no error');
      expect(error.code).toBe('truncated');
      if (error.partial !== undefined) check(played[index]!, error.partial);
    }
  });

  it('[30] is taken over HTTP', async () => {
    const cut = recording.findLastIndex((each) => eventOf(each).type === 'content_block_delta');
    const part = recording.slice(0, cut === -1 ? 1 : cut + 1);
    const server = await startReplayServer({ strict: true, recordings: [part, GOOD] });
    const model = new ChatAnthropic({
      model: 'm',
      maxTokens: 1,
      apiKey: 'k',
      baseURL: server.url,
      maxRetries: 0,
    });
    const error: unknown = await model.invoke('Hi').catch((reason: unknown) => reason);
    if (!ModelError.is(error)) throw error;
    const partial = error.partial === undefined ? [] : [error.partial];
    const history = [['human', 'Hi'], ...partial, ['human', 'Go on.']];
    const { text } = await model.invoke(history as never);
    expect(text).toBe('Hello wörld 🌍👩‍🚀!');
    await server.close();
  });
});

/** Where a recording is to be cut, which is what the user has said. */
function cutIn(body: unknown): number {
  const { messages } = body as { messages: readonly { content: string }[] };
  return Number(messages[0]?.content);
}
