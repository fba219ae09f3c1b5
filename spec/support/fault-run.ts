import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { config as rxjs } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  ModelError,
  type RunConfig,
  type RunEvent,
} from 'rxlm';
import { type AnthropicOptions, ChatAnthropic } from 'rxlm/anthropic';
import { type FaultServer, startFaultServer } from '../../lib/testing/anthropic/fault-server';
import type { FaultParams } from '../../lib/testing/anthropic/faults/fault';
import type { FaultName } from '../../lib/testing/anthropic/faults/all-faults';
import type { SeenRequest } from '../../lib/testing/http/seen-request';
import { MessageAccumulator } from '../../lib/messages/internal/message-accumulator';

/** What must show up nowhere: the key, and in no error the prompt. */
export const KEY = 'sk-canary-0123456789abcdef';
const PROMPT = 'How deep is the marzipan?';

/** The contract says 50 to 100 ms; a busy machine gets some more. */
export const SOON = 500;

export const WHOLE_TEXT = 'Hello wörld 🌍👩‍🚀!';

export interface FaultRunOptions {
  readonly baseURL: string;
  readonly options?: Partial<AnthropicOptions> | undefined;
  readonly config?: RunConfig;
  /** Called inside `next`. */
  readonly onChunk?: (chunk: AIMessageChunk, run: FaultRun) => void;
  /** Whether a consumer listens to the run's events. Default: yes. */
  readonly listen?: boolean;
}

/** How a run ended; of an error its fields, under the names that `ModelError` gives them. */
export interface Ending {
  readonly outcome: 'complete' | 'error' | 'left';
  readonly error: unknown;
  readonly code: string | undefined;
  readonly phase: string | undefined;
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly emitted: boolean | undefined;
  readonly retryable: boolean | undefined;
  readonly retryAfterMs: number | undefined;
  readonly partial: AIMessage | undefined;
  /** The texts of all chunks, one after the other. */
  readonly text: string;
  /** The fold of all chunks. */
  readonly message: AIMessage;
  readonly ms: number;
}

/** One subscription of a `ChatAnthropic`, and everything that can be seen of it from outside. */
export class FaultRun {
  readonly model: ChatAnthropic;
  readonly chunks: AIMessageChunk[] = [];
  readonly events: RunEvent[] = [];
  readonly ended: Promise<Ending>;
  /** When it ended or was left, by `performance.now()`. */
  endedAt = NaN;
  error: unknown;
  /** Calls of the observer after the run had been left. */
  afterwards = 0;
  readonly #begunAt = performance.now();
  #settle: ((ending: Ending) => void) | undefined;
  #leave: (() => void) | undefined;
  #isLeft = false;

  constructor({ baseURL, options, config, onChunk, listen = true }: FaultRunOptions) {
    this.model = modelOf({ baseURL, options });
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    const listeners = listen ? [(event: RunEvent) => this.events.push(event)] : [];
    const subscription = this.model.stream$(PROMPT, { listeners, ...config }).subscribe({
      next: (chunk) => {
        if (this.#isLeft) this.afterwards += 1;
        this.chunks.push(chunk);
        onChunk?.(chunk, this);
      },
      error: (error: unknown) => {
        this.error = error;
        this.#end('error');
      },
      complete: () => {
        this.#end('complete');
      },
    });
    this.#leave = () => {
      subscription.unsubscribe();
    };
  }

  unsubscribe(): void {
    this.#end('left');
    this.#isLeft = true;
    this.#leave?.();
  }

  get text(): string {
    return this.chunks.map(({ text }) => text).join('');
  }

  get message(): AIMessage {
    const message = new MessageAccumulator();
    for (const chunk of this.chunks) message.add(chunk);
    return message.whole;
  }

  /** Everything it shows to anybody. */
  shown(): string {
    const { error, events, model } = this;
    const cause = (error as { cause?: unknown } | undefined)?.cause;
    const all = [error, cause, events, model].map(
      (value) => `${inspect(value, { depth: 10, showHidden: true })}${JSON.stringify(value)}`,
    );
    return [...all, this.shownByError()].join('\n');
  }

  shownByError(): string {
    const { message, stack } = (this.error ?? {}) as { message?: string; stack?: string };
    return `${message}${stack}${inspect(this.error, { depth: 10 })}${JSON.stringify(this.error)}`;
  }

  #end(outcome: Ending['outcome']): void {
    if (this.#isLeft) this.afterwards += 1;
    if (!Number.isNaN(this.endedAt)) return;
    this.endedAt = performance.now();
    const { error } = this;
    const of = <K extends keyof ModelError>(key: K) =>
      ModelError.is(error) ? error[key] : undefined;
    this.#settle?.({
      outcome,
      error,
      code: of('code'),
      phase: of('phase'),
      status: of('status'),
      type: of('type'),
      emitted: of('emitted'),
      retryable: of('retryable'),
      retryAfterMs: of('retryAfterMs'),
      partial: of('partial') as AIMessage | undefined,
      text: this.text,
      message: this.message,
      ms: this.endedAt - this.#begunAt,
    });
  }
}

type ModelAt = Pick<FaultRunOptions, 'baseURL' | 'options'>;

const modelOf = ({ baseURL, options }: ModelAt): ChatAnthropic =>
  new ChatAnthropic({ model: 'claude-3-haiku-20240307', apiKey: KEY, baseURL, ...options });

export interface FaultBench {
  readonly server: FaultServer;
  model(options: ModelAt): ChatAnthropic;
  run(options: FaultRunOptions): FaultRun;
  /** Runs against a fault, by its name, to the end. */
  play(
    name: FaultName,
    params?: FaultParams,
    settings?: Omit<FaultRunOptions, 'baseURL'>,
  ): Promise<Ending>;
  /** The requests since the test began. */
  requests(): readonly SeenRequest[];
  /** Expects that the client closes the socket of a request soon after `at`, a time by `performance.now()`. */
  expectClosed(request: SeenRequest, at: number): Promise<void>;
  /** What RxJS has reported as unhandled, which the test then accepts. */
  takeReported(): unknown[];
}

const CONSOLE = ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const;

/**
 * A fault server for the tests of a `describe`, and the guard around each of them: nothing unhandled, no warning of the
 * process, nothing printed, no secret in anything that is shown, no polluted prototype.
 *
 * What is rejected or thrown and not caught fails a test by itself: jest sees to that.
 */
export function faultBench(): FaultBench {
  let server: FaultServer;
  let first = 0;
  let runs: FaultRun[] = [];
  let reported: unknown[] = [];
  const warnings: string[] = [];
  const printed: unknown[][] = [];
  // The process that jest shows to a test is a copy, which is reported nothing.
  const real = runInThisContext('process') as NodeJS.Process;
  const onWarning = (warning: Error) => warnings.push(String(warning));

  beforeAll(async () => {
    server = await startFaultServer();
    real.on('warning', onWarning);
  });
  afterAll(async () => {
    await server.close();
    real.off('warning', onWarning);
  });
  beforeEach(() => {
    first = server.requests.length;
    runs = [];
    reported = [];
    rxjs.onUnhandledError = (error) => reported.push(error);
    for (const name of CONSOLE)
      jest.spyOn(console, name).mockImplementation((...args) => printed.push([name, ...args]));
  });
  afterEach(async () => {
    await new Promise((resolve) => setTimeout(resolve));
    rxjs.onUnhandledError = null;
    jest.restoreAllMocks();
    const shown = runs.filter((run) => run.shown().includes('canary'));
    const prompted = runs.filter((run) => run.shownByError().includes('marzipan'));
    expect({
      reported,
      warnings: warnings.splice(0),
      printed: printed.splice(0),
      shown,
      prompted,
      afterwards: runs.filter((run) => run.afterwards > 0),
      polluted: ({} as { polluted?: unknown }).polluted,
      unplanned: [...server.unplanned],
    }).toEqual({
      reported: [],
      warnings: [],
      printed: [],
      shown: [],
      prompted: [],
      afterwards: [],
      polluted: undefined,
      unplanned: [],
    });
  });

  const bench: FaultBench = {
    get server() {
      return server;
    },
    model: modelOf,
    run: (options) => {
      const run = new FaultRun(options);
      runs.push(run);
      return run;
    },
    play: (name, params, settings) =>
      bench.run({ baseURL: server.baseUrl(name, params), ...settings }).ended,
    requests: () => server.requests.slice(first),
    expectClosed: async (request, at) => {
      const closed = await request.closed;
      expect(closed.by).toBe('client');
      expect(closed.at - at).toBeLessThan(SOON);
    },
    takeReported: () => reported.splice(0),
  };
  return bench;
}
