import { ChatAnthropic as LangChainAnthropic } from '@langchain/anthropic';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom, toArray } from 'rxjs';
import { foldMessages } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import {
  goldfishAsync,
  goldfishJs,
  goldfishSync,
} from '../../lib/testing/anthropic/recordings/goldfish';
import {
  readRecording,
  type Recording,
  splitMessages,
} from '../../lib/testing/anthropic/recording';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';
import {
  comparable,
  comparableEvents,
  type LangChainEvent,
  messageOf,
  plain,
  wireBlocks,
  withoutPendingCode,
} from '../support/anthropic-parity';

/**
 * LangChain.js beside rxlm on the same bytes. What may differ is the contract's closed list (3.1) and is taken off in
 * `support/anthropic-parity`; any other difference fails.
 */
const recordings: Record<string, Recording> = {
  'the goldfish verse': goldfishSync,
  'the goldfish verse, asked again': goldfishAsync,
  "the JavaScript edition's verse": goldfishJs,
  'text and a tool call': recordingOf({
    content: [
      { text: ['Okay', ', let', "'s check."] },
      { tool: 'get_weather', id: 'toolu_1', input: ['', '{"loc', 'ation": "San', ' Francisco"}'] },
    ],
    usage: { start: { input_tokens: 472, output_tokens: 2 }, end: { output_tokens: 89 } },
  }),
  'two tool calls, one without arguments': recordingOf({
    content: [
      { tool: 'now', id: 'toolu_1', input: [''] },
      { tool: 'add', id: 'toolu_2', input: ['{"a":1,', '"b":2}'] },
    ],
  }),
  'thinking, then text': recordingOf({
    content: [
      { thinking: ['Let me', ' solve this'], signature: 'EqQB+/=' },
      { text: ['27', ' * 453'] },
    ],
    usage: { start: { input_tokens: 40, output_tokens: 3 }, end: { output_tokens: 30 } },
  }),
  'text of a cached prompt': recordingOf({
    tokens: ['gold', 'fish'],
    usage: {
      start: {
        input_tokens: 21,
        cache_creation_input_tokens: 100,
        cache_read_input_tokens: 300,
        output_tokens: 2,
      },
      end: { output_tokens: 73 },
    },
  }),
  'no content at all': recordingOf({ content: [], stopReason: 'refusal' }),
};

const SHARED = join(__dirname, '../../../shared/recordings/anthropic');
const shared = existsSync(SHARED)
  ? readdirSync(SHARED).flatMap((file) =>
      splitMessages(readRecording(join(SHARED, file))).map(
        (recording, index) => [`${file} #${String(index + 1)}`, recording] as const,
      ),
    )
  : [];

const MODEL = { model: 'claude-3-haiku-20240307', maxTokens: 1024 };
const PROMPT = 'Write me a 1 verse song about goldfish on the moon';

const request = { tools: [{ name: 'any', input_schema: { type: 'object' } }] } as object;

describe.each([...Object.entries(recordings), ...shared])(
  '(groups 17 and 18) %s',
  (_, recording) => {
    let server: ReplayServer;
    beforeAll(async () => {
      server = await startReplayServer({ recordings: [recording], cycle: true, chunking: 'event' });
    });
    afterAll(() => server.close());

    const ours = () =>
      new ChatAnthropic({ ...MODEL, baseURL: server.url, apiKey: 'key-for-tests' });
    const theirs = () =>
      new LangChainAnthropic({
        ...MODEL,
        apiKey: 'key-for-tests',
        anthropicApiUrl: server.url,
        maxRetries: 0,
      });

    it('[12] streams the chunks that LangChain streams', async () => {
      const chunks = await lastValueFrom(ours().stream$(PROMPT).pipe(toArray()));
      const reference: unknown[] = [];
      for await (const chunk of await theirs().stream(PROMPT, request)) reference.push(chunk);
      expect(comparable(chunks, recording)).toMatchObject(comparable(reference, recording));
    });

    it('[13] folds to what invoke gives', async () => {
      const chunks = await lastValueFrom(ours().stream$(PROMPT).pipe(toArray()));
      const folded = await lastValueFrom(from(chunks).pipe(foldMessages()));
      const invoked = await ours().invoke(PROMPT);
      expect(plain({ ...folded, id: '' })).toEqual(plain({ ...invoked, id: '' }));
      expect(folded.id).toBe(chunks[0]?.id);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
      expect(folded.response_metadata['id']).toBe(messageOf(recording).id);
    });

    it('[7] reports the events that LangChain reports', async () => {
      const events = await lastValueFrom(ours().events$(PROMPT).pipe(toArray()));
      const reference: LangChainEvent[] = [];
      for await (const event of theirs().streamEvents(PROMPT, { version: 'v2', ...request }))
        reference.push(event as LangChainEvent);
      expect(comparableEvents(events, recording)).toMatchObject(
        comparableEvents(reference, recording),
      );
    });

    it('[7] reports version 1 as LangChain does, under the names of Python', async () => {
      const events = await lastValueFrom(ours().events$(PROMPT, { version: 'v1' }).pipe(toArray()));
      const reference: LangChainEvent[] = [];
      for await (const event of theirs().streamEvents(PROMPT, { version: 'v1', ...request })) {
        reference.push({
          ...event,
          event: event.event.replace('on_llm_', 'on_chat_model_'),
          metadata: {},
        } as LangChainEvent);
      }
      expect(comparableEvents(events, recording)).toMatchObject(
        comparableEvents(reference, recording),
      );
    });

    it('[13] sends a folded message back as the wire had it', async () => {
      const answer = await ours().invoke(PROMPT);
      const before = server.requests.length;
      await ours().invoke([['human', PROMPT], answer, ['human', 'Go on.']]);
      const { messages } = server.requests[before]?.body as {
        messages: { role: string; content: unknown }[];
      };
      const sent = messages.find(({ role }) => role === 'assistant')?.content ?? '';
      const blocks =
        typeof sent === 'string' ? (sent === '' ? [] : [{ type: 'text', text: sent }]) : sent;
      expect(blocks).toEqual(withoutPendingCode(wireBlocks(recording)));
    });
  },
);
