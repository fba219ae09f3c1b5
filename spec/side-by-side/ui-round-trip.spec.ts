import {
  asSchema,
  convertToModelMessages,
  readUIMessageStream,
  simulateReadableStream,
  type UIMessage,
  uiMessageChunkSchema,
} from 'ai';
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom, toArray } from 'rxjs';
import {
  AIMessage,
  type AIMessageChunk,
  type AnyMessage,
  foldMessages,
  HumanMessage,
  ToolMessage,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { toRequestMessages } from '../../lib/anthropic/request/to-request-messages';
import { fromUIMessages } from '../../lib/sse/ui/from-ui-messages';
import { toUIMessageStream } from '../../lib/sse/ui/to-ui-message-stream';
import type { UIMessageChunk } from '../../lib/sse/ui/ui-message-chunk';
import type { UISign } from '../../lib/sse/ui/ui-proof';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import {
  readRecording,
  type Recording,
  splitMessages,
} from '../../lib/testing/anthropic/recording';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { refusalOf } from '../../lib/testing/anthropic/request-rules/check-request';
import { SignedThinking } from '../../lib/testing/anthropic/request-rules/signed-thinking';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';

const sign: UISign = (text) => createHmac('sha256', 'k').update(text).digest('base64url');

const SHARED = join(__dirname, '../../../shared/recordings/anthropic');
const shared: [string, Recording[]][] = existsSync(SHARED)
  ? readdirSync(SHARED).map((file) => [file, splitMessages(readRecording(join(SHARED, file)))])
  : [];

const block = (index: number, content_block: object) => [
  { type: 'content_block_start', index, content_block },
  { type: 'content_block_stop', index },
];

/** A message of blocks that come whole. */
const wholeBlocks = (...blocks: object[]): Recording => [
  ...recordingOf({ content: [] }).slice(0, 1),
  ...blocks.flatMap((each, index) => block(index, each)),
  ...recordingOf({ content: [] }).slice(-2),
];

const CASES: [string, Recording[]][] = [
  ['the goldfish verse', [goldfishSync]],
  [
    'thinking, a call between texts, an answer',
    [
      recordingOf({
        content: [
          { thinking: ['Hm', '.'], signature: 'EqQB+/=' },
          { text: ['I look'] },
          { tool: 'weather', id: 'toolu_1', input: ['{"city":', '"Graz"}'] },
          { text: ['now.'] },
        ],
        stopReason: 'tool_use',
      }),
      recordingOf({ content: [{ text: ['21 °C'] }] }),
    ],
  ],
  [
    'what the provider has run, with results, citations and blocks that nobody knows',
    [
      wholeBlocks(
        { type: 'redacted_thinking', data: 'cmVk' },
        { type: 'compaction', content: 'What was before.', encrypted_content: 'x' },
        { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'a' } },
        {
          type: 'server_tool_use',
          id: 'srv_2',
          name: 'web_fetch',
          input: { url: 'https://a.test' },
        },
        {
          type: 'web_search_tool_result',
          tool_use_id: 'srv_1',
          content: [{ type: 'web_search_result', url: 'https://a.test', encrypted_content: 'E=' }],
        },
        {
          type: 'web_fetch_tool_result',
          tool_use_id: 'srv_2',
          content: { type: 'web_fetch_tool_result_error', error_code: 'url_not_accessible' },
        },
        {
          type: 'text',
          text: 'So it is.',
          citations: [
            { type: 'web_search_result_location', url: 'https://a.test', encrypted_index: 'I=' },
            { type: 'page_location', document_index: 0, document_title: 'D', start_page_number: 1 },
          ],
        },
        { type: 'mcp_tool_use', id: 'mcp_1', name: 'echo', server_name: 's', input: { n: 1 } },
        {
          type: 'mcp_tool_result',
          tool_use_id: 'mcp_1',
          is_error: true,
          content: [{ type: 'text', text: 'no' }],
        },
        JSON.parse(
          '{"type":"server_tool_use","id":"srv_3","name":"x","input":{"__proto__":{"a":1}}}',
        ) as object,
        JSON.parse(
          '{"type":"x_tool_result","tool_use_id":"srv_3","content":{"constructor":{"a":1}}}',
        ) as object,
        { type: 'container_upload', file_id: 'file_1' },
        { type: 'something_new', deep: { er: [1] } },
        { type: 'text', text: 'Done.' },
      ),
    ],
  ],
];

describe.each([...CASES, ...shared])('%s, to the AI SDK’s client and back', (_, recordings) => {
  let turns: (AIMessageChunk | ToolMessage)[];
  let original: (AIMessage | ToolMessage)[];
  let chunks: UIMessageChunk[];
  let held: UIMessage;

  beforeAll(async () => {
    turns = [];
    original = [];
    for (const recording of recordings) {
      const answered = await ask(recording);
      const message = await lastValueFrom(from(answered).pipe(foldMessages()));
      const results = message.tool_calls.map(
        ({ id = '' }) => new ToolMessage({ content: '{"ok":true}', tool_call_id: id }),
      );
      turns.push(...answered, ...results);
      original.push(message, ...results);
    }
    const told$ = from(turns).pipe(toUIMessageStream({ sign }), toArray());
    chunks = JSON.parse(JSON.stringify(await lastValueFrom(told$))) as UIMessageChunk[];
    held = await heldOf(chunks);
  });

  it('is reported in chunks that the AI SDK’s schema takes', async () => {
    for (const chunk of chunks) {
      const result = await asSchema(uiMessageChunkSchema).validate!(chunk);
      expect(result).toMatchObject({ success: true });
    }
  });

  it('is the same to the provider, block by block', () => {
    const back = fromUIMessages([held], { sign, tools: true, lastRole: 'any' });
    expect(plain(asked(back))).toEqual(plain(asked(original)));
  });

  it('is a history that the provider takes, wherever the page’s answer was cut', async () => {
    const signed = new SignedThinking();
    for (const recording of recordings) signed.add(recording);
    // One of the answers has blocks that nobody knows.
    const whole = toBody([new HumanMessage('Hi'), ...original, new HumanMessage('Go on.')]);
    // Wherever the block stands in a cut answer.
    const placeless = (refusal: string | undefined) => refusal?.replace(/\d+/g, 'n');
    const allowed = placeless(refusalOf(plain(whole), signed));
    const refused = new Set<unknown>();
    const cuts = new Set<string>();
    for await (const held of statesOf(chunks)) {
      // Where only a text has grown there is nothing new.
      const cut = JSON.stringify(held.parts.map((part) => ({ ...part, text: shape(part) })));
      if (cuts.has(cut)) continue;
      cuts.add(cut);
      const page = [user('Hi'), plain(held) as UIMessage, user('Go on.')];
      const body = toBody(fromUIMessages(page, { sign, tools: true }));
      refused.add(placeless(refusalOf(plain(body), signed)));
    }
    refused.delete(undefined);
    refused.delete(allowed);
    expect([...refused]).toEqual([]);
  });

  it('is the same out of a store of the server’s own', async () => {
    const unsigned = await lastValueFrom(from(turns).pipe(toUIMessageStream(), toArray()));
    const back = fromUIMessages([await heldOf(unsigned)], { trusted: true });
    expect(plain(asked(back))).toEqual(plain(asked(original)));
  });

  it('comes back as text, calls and results where nothing is proven', async () => {
    const unsigned = await lastValueFrom(from(turns).pipe(toUIMessageStream(), toArray()));
    const options = { tools: true, lastRole: 'any' } as const;
    for (const [message, rules] of [
      [await heldOf(unsigned), { ...options, sign }],
      [held, options],
    ] as const) {
      const back = asked(fromUIMessages([message], rules));
      const types = back.flatMap(({ content }) =>
        typeof content === 'string'
          ? ['text']
          : (content as { type: string }[]).map(({ type }) => type),
      );
      expect(types.filter((type) => !['text', 'tool_use', 'tool_result'].includes(type))).toEqual(
        [],
      );
    }
  });

  it('is nothing that the AI SDK’s own server stumbles over', async () => {
    await expect(convertToModelMessages([held])).resolves.toBeInstanceOf(Array);
  });
});

/** What the provider is sent: an answer is an answer to something. */
const asked = (messages: readonly AnyMessage[]) =>
  toRequestMessages([new HumanMessage('Hi'), ...messages]).messages;

/** A request that goes on with a page's history. */
const toBody = (messages: readonly AnyMessage[]) => ({
  model: 'claude-haiku-4-5',
  max_tokens: 16,
  stream: true,
  ...toRequestMessages(messages),
});

const user = (text: string): UIMessage => ({
  id: text,
  role: 'user',
  parts: [{ type: 'text', text }],
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function ask(recording: Recording): Promise<AIMessageChunk[]> {
  const server = await startReplayServer({ strict: true, recordings: [recording] });
  try {
    const model = new ChatAnthropic({ model: 'm', apiKey: 'k', baseURL: server.url });
    return await lastValueFrom(model.stream$('Hi').pipe(toArray()));
  } finally {
    await server.close();
  }
}

/** The message that the client holds at last, as it sends it. */
async function heldOf(chunks: UIMessageChunk[]): Promise<UIMessage> {
  let last: UIMessage | undefined;
  for await (const message of statesOf(chunks)) last = message;
  return plain(last ?? { id: '', role: 'assistant', parts: [] }) as UIMessage;
}

/** What the client holds, from chunk to chunk. */
async function* statesOf(chunks: UIMessageChunk[]): AsyncGenerator<UIMessage> {
  const errors: unknown[] = [];
  const stream = simulateReadableStream({ chunks }) as never;
  yield* readUIMessageStream({ stream, onError: (error) => errors.push(error) });
  expect(errors).toEqual([]);
}

/** What there is to a text that counts for the provider. */
function shape(part: UIMessage['parts'][number]): unknown {
  return 'text' in part ? [part.text === '', part.text.trim() === '', /\s$/.test(part.text)] : 0;
}
