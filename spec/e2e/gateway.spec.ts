import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import type { AIMessage } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOpenAI } from 'rxlm/openai';
import {
  goldfishAsync,
  goldfishJs,
  goldfishSync,
  type RecordedEvent,
  readRecording,
  type Recording,
  recordingOf,
  type ReplayServer,
  splitMessages,
  startReplayServer,
} from 'rxlm/testing';
import { eventOf } from '../../lib/testing/anthropic/recording';
import { errorEvent } from '../../lib/testing/anthropic/wire-event';
import { realRecordings } from '../testing/real-recordings';

// A gateway that nobody here wrote translates the Messages API to Chat Completions. Both models ask for the same recording.
const recordings: readonly (readonly [string, Recording])[] = [
  ['a song', goldfishSync],
  ['a shorter song', goldfishAsync],
  ['a song for JavaScript', goldfishJs],
  [
    'a text and two calls',
    recordingOf({
      content: [
        { text: ['I look ', 'it up.'] },
        { tool: 'get_weather', id: 'toolu_1', input: ['{"ci', 'ty":"Paris"}'] },
        { tool: 'get_weather', id: 'toolu_2', input: ['{"city":"Rome"}'] },
      ],
      stopReason: 'tool_use',
    }),
  ],
  ...realRecordings().flatMap((path) =>
    splitMessages(readRecording(path)).map(
      (recording, n) => [`${basename(path)} ${String(n)}`, recording] as const,
    ),
  ),
];
let played: Recording = goldfishSync;
let replay: ReplayServer;
let server: ChildProcess;
let openai: ChatOpenAI;
let anthropic: ChatAnthropic;

beforeAll(async () => {
  replay = await startReplayServer({ recordings: () => played });
  server = fork(join(__dirname, 'processes/gateway.ts'), { execArgv: ['--import', 'tsx'] });
  const [url] = (await once(server, 'message')) as [string];
  const options = { model: 'claude', apiKey: 'any', maxTokens: 1024, maxRetries: 0 };
  anthropic = new ChatAnthropic({ ...options, baseURL: replay.url });
  openai = new ChatOpenAI({
    ...options,
    baseURL: `${url}/v1`,
    headers: {
      'x-llmops-provider': 'anthropic',
      'x-llmops-custom-host': `${replay.url}/v1`,
    },
  });
});

afterAll(async () => {
  server.disconnect();
  await replay.close();
});

const said = ({ text, tool_calls, finish_reason }: AIMessage) => ({
  text,
  tool_calls,
  // It says `stop` of a refusal.
  finish_reason: finish_reason === 'content_filter' ? 'stop' : finish_reason,
});
/** The gateway drops arguments that come whole: in the start of their call, or in that of the message. */
function isDropped(recorded: RecordedEvent): boolean {
  const { content_block, message } = eventOf(recorded) as {
    readonly content_block?: { readonly input?: object };
    readonly message?: { readonly content: readonly unknown[] };
  };
  return Object.keys(content_block?.input ?? {}).length > 0 || (message?.content ?? []).length > 0;
}

it.each(recordings.filter(([, recording]) => !recording.some(isDropped)))(
  '%s folds to the same text and calls from both',
  async (_, recording) => {
    played = recording;
    const [direct, translated] = [await anthropic.invoke('Hi'), await openai.invoke('Hi')];
    expect(said(translated)).toEqual(said(direct));
  },
);

it('a failure in the middle of the answer fails from both', async () => {
  played = [...goldfishSync.slice(0, 9), errorEvent('overloaded_error', 'Overloaded')];
  for (const model of [anthropic, openai])
    await expect(model.invoke('Hi')).rejects.toMatchObject({
      name: 'ModelError',
      partial: { text: expect.stringContaining('Here is') as string },
    });
});
