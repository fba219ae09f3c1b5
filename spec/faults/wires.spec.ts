import type { ChatModel, ModelError } from 'rxlm';
import type { CallTimeouts } from 'rxlm/provider';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';
import {
  type ChatModelWire,
  type FaultName,
  faultNames,
  ollamaWire,
  openaiChatWire,
  openaiResponsesWire,
  startFaultServer,
} from 'rxlm/testing';
import type { FaultParams } from '../../lib/testing/anthropic/faults/fault';
import { isOnEveryWire } from '../../lib/testing/anthropic/faults/all-faults';

const KEY = 'sk-canary-0123456789abcdef';
const settings = { model: 'a-model', apiKey: KEY, maxRetries: 0 };

/** A fault that waits meets the one clock that it is about: on a busy machine another could run out first. */
const CLOCKS: { readonly [name in FaultName]?: Readonly<Record<string, number>> } = {
  'no-headers': { headers: 800 },
  'slow-headers': { headers: 800 },
  stall: { idle: 800 },
  'stall-at': { idle: 800 },
  pause: { idle: 800 },
  'ping-drip': { content: 1500 },
  'comment-drip': { content: 1500 },
  drip: { total: 2000 },
};

type Connect = (baseURL: string, timeouts: CallTimeouts) => ChatModel;
const anthropic: Connect = (baseURL, timeouts) =>
  new ChatAnthropic({ ...settings, timeouts, maxTokens: 100, baseURL });
const others: readonly (readonly [string, ChatModelWire, Connect])[] = [
  [
    'Chat Completions',
    openaiChatWire,
    (baseURL, timeouts) => new ChatOpenAI({ ...settings, timeouts, baseURL }),
  ],
  [
    'Responses',
    openaiResponsesWire,
    (baseURL, timeouts) => new ChatOpenAI({ ...settings, timeouts, api: 'responses', baseURL }),
  ],
  ['Ollama', ollamaWire, (baseURL, timeouts) => new ChatOllama({ ...settings, timeouts, baseURL })],
];

/** How a run ended, as a caller has to handle it. */
interface Outcome {
  readonly code: string;
  readonly status: number | undefined;
  readonly phase: string | undefined;
  readonly emitted: boolean | undefined;
  readonly retryable: boolean | undefined;
  readonly text: string;
}

async function outcomeOf(model: ChatModel): Promise<Outcome> {
  let text = '';
  const error = await new Promise<ModelError | undefined>((resolve) => {
    model.stream$('How deep is the marzipan?').subscribe({
      next: (chunk) => (text += chunk.text),
      complete: () => resolve(undefined),
      error: resolve,
    });
  });
  expect(JSON.stringify(error) + String(error)).not.toMatch(/canary|marzipan/);
  return {
    code: error?.code ?? 'complete',
    status: error?.status,
    phase: error?.phase,
    emitted: error?.emitted,
    retryable: error?.retryable,
    text: text.length > 100 ? 'much' : text,
  };
}

/** Faults that end at a byte or at a time: which event that is depends on the wire. */
const AT_A_BYTE: ReadonlySet<FaultName> = new Set(['cut-at', 'stall-at', 'encoded-cut', 'drip']);
/** Faults of event streams, and signs of life: a wire of lines of JSON has neither. */
const EVENT_STREAM: ReadonlySet<FaultName> = new Set([
  ...(['comments', 'no-event-lines', 'pretty-printed', 'odd-fields', 'stray-bom'] as const),
  ...(['comment-drip', 'ping-drip', 'pings', 'noise-after-stop', 'endless-event'] as const),
]);

/** Played with other parameters than those of the table. */
const OTHERWISE: ReadonlySet<FaultName> = new Set([
  'cut-at',
  'pause',
  'slow-bytes',
  'slow-headers',
]);

const plays: readonly (readonly [FaultName, FaultParams])[] = [
  ...faultNames
    .filter((name) => isOnEveryWire(name) && !OTHERWISE.has(name))
    .map((name) => [name, {}] as const),
  ...[1, 200, 300].map((bytes) => ['cut-at', { bytes }] as const),
  ['pause', { ms: 3000 }],
  ['slow-headers', { ms: 3000 }],
  ['slow-bytes', { ms: 0 }],
  ['end-after', { events: 4 }],
  ['end-after', { events: 9 }],
  ['reset', { events: 0 }],
  ['reset', { events: 7 }],
  ['hang-up', { events: 0 }],
  ['error-after', { events: 8 }],
  ['stall', { events: 0 }],
  ['noise-after-stop', { ms: 0 }],
  ['echo-key', { where: 'header' }],
  ['echo-key', { where: 'stream' }],
  ['encoded', { encoding: 'br' }],
  ['encoded-cut', { encoding: 'deflate' }],
  ['encoding-mismatch', { encoding: 'br' }],
  ['gzip-bomb', { of: 'long' }],
  ['endless-line', { field: 'comment' }],
  ['endless-line', { field: 'unknown' }],
  ['newlines', { kind: 'lf' }],
  ['no-final-blank-line', { newlines: 0 }],
  ...[301, 302, 303, 308].map((code) => ['redirect', { code }] as const),
  ...[400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504].map(
    (code) => ['status', { code }] as const,
  ),
];

/** What has to be the same over all wires: of an error inside of the stream, each has words of its own. */
function comparable(
  [name, { where }]: (typeof plays)[number],
  { text, code, status, emitted, retryable, phase }: Outcome,
): object {
  const isReported = name === 'error-first' || name === 'error-after' || where === 'stream';
  return {
    phase,
    ...(isReported ? { hasStatus: (status ?? 0) >= 400 } : { code, status, retryable }),
    ...(AT_A_BYTE.has(name) ? {} : { text, emitted }),
  };
}

function isOn(wire: ChatModelWire | undefined, name: FaultName): boolean {
  return wire !== ollamaWire || !EVENT_STREAM.has(name);
}

/** Plays all faults over a wire, some at a time: most of them wait for a clock. */
async function playAll(
  connect: Connect,
  wire?: ChatModelWire,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly unplanned: readonly string[] }> {
  const server = await startFaultServer(wire === undefined ? {} : { wire });
  const outcomes: Outcome[] = [];
  const waiting = [...plays.entries()].values();
  const work = async (): Promise<void> => {
    for (const [index, [name, params]] of waiting)
      if (isOn(wire, name))
        outcomes[index] = await outcomeOf(
          connect(server.baseUrl(name, params), CLOCKS[name] ?? {}),
        );
  };
  await Promise.all(Array.from({ length: 4 }, work));
  await server.close();
  return { outcomes, unplanned: server.unplanned };
}

describe('every fault of HTTP, connections, endings and time, over each wire', () => {
  let expected: readonly Outcome[];
  beforeAll(async () => ({ outcomes: expected } = await playAll(anthropic)), 120_000);

  it.each(others)(
    '%s: as over Anthropic’s Messages',
    async (_, wire, connect) => {
      const { outcomes, unplanned } = await playAll(connect, wire);
      const differ = plays.flatMap(([name, params], index) => {
        if (!isOn(wire, name)) return [];
        const [is, was] = [outcomes[index], expected[index]].map((outcome) =>
          JSON.stringify(comparable(plays[index]!, outcome!)),
        );
        return is === was ? [] : [`${name} ${JSON.stringify(params)}: ${is}, not ${was}`];
      });
      expect(differ).toEqual([]);
      expect(unplanned).toEqual([]);
    },
    120_000,
  );
});
