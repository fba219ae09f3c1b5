import { asyncScheduler, defer, type Observable, timer } from 'rxjs';
import { callOptions } from '../core/call-options.js';
import { cutOff } from '../core/run/fail-when.js';
import { findGate, GATE } from '../core/demand/gate.js';
import type { RunConfig } from '../core/run-config.js';
import { SCOPE } from '../core/run/scope.js';
import { request$ } from './internal/open-request.js';
import { Secrets } from './secrets.js';
import type { EventStreamDecoder } from '../event-stream/event-stream-decoder.js';
import type { EventStreamHandlers } from '../event-stream/event-stream-handlers.js';
import { LineEventDecoder } from '../event-stream/line-decoder.js';
import { LONGEST_TIMER } from '../core/internal/longest-timer.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnyMessage } from '../messages/any-message.js';
import { ChatModel, type ChatModelOptions } from '../models/chat-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import { retryAttempts } from './internal/retry-attempts.js';
import { type CallSettings, type KnownSettings, readSettings } from './call-settings.js';
import { type ModelRequest, sendRequest } from './send-request.js';
import { type ErrorTable, ProviderErrors } from './provider-errors.js';
import { RawDecoder } from './decoder/raw-decoder.js';
import { readStream } from './internal/read-stream.js';
import { scrubValue } from './internal/scrub-value.js';
import { readReportedError } from './internal/reported-error.js';
import { type Fetch, readTransport, type Transport } from './transport/post.js';
import { receiveResponse } from './transport/receive-response.js';
import type { ReceivedResponse } from './transport/received-response.js';
import { StartQueue } from './transport/start-queue.js';
import type { DecoderContext, StreamDecoder } from './decoder/stream-decoder.js';

/** The options of every model over HTTP: how its calls are bounded, and who hears their events. */
export interface ProviderOptions extends CallSettings, ChatModelOptions {
  /**
   * Whether each event of the provider's stream is also reported as it came, before what is made of it: as
   * `on_custom_event` named `provider_raw`, with `{ event, data }`. Where somebody listens, that takes longer.
   * @defaultValue false
   */
  readonly raw?: boolean | undefined;
  /**
   * What sends requests. `auto`: in Node the connections of Node's own `fetch` (with the proxy, the certificates and the
   * dispatcher that are set for it), without its streams, which cost more than all else that is done for a token; elsewhere,
   * and where something else stands in the place of `fetch`, that. `fetch`: always the platform's `fetch`. @defaultValue auto
   */
  readonly transport?: Transport | undefined;
}

/** What all calls of a provider's model share. */
export interface ProviderSettings extends ProviderOptions {
  /** The provider's name, as in `ls_provider`, e.g. `openai`. */
  readonly provider: string;
  /** The provider's own names for errors. Those of HTTP statuses are known. */
  readonly errors?: ErrorTable | undefined;
  /** The media type of the stream: `text/event-stream`, or `application/x-ndjson` for a line of JSON an event. @defaultValue text/event-stream */
  readonly mediaType?: string | undefined;
  /** Response headers that may hold the id of the request. @defaultValue x-request-id, request-id */
  readonly requestIdHeaders?: readonly string[] | undefined;
  /** What sends requests in place of the transport. */
  readonly fetch?: Fetch | undefined;
}

/** How one request is sent. */
export interface Sending {
  /** Aborted when the call is unsubscribed or has failed: closes the connection. */
  readonly signal: AbortSignal;
  readonly scheduler: NonNullable<RunConfig['scheduler']>;
  /** What no error may show: add what authenticates the request. */
  readonly secrets: Secrets;
}

/**
 * A chat model over HTTP. A provider's class says three things: the request for some messages (a pure function), how the
 * stream is decoded, and its names for errors. Sending, redirects and refusals, clocks, limits, backpressure, retries,
 * cancellation and the scrubbing of secrets are done here, alike for all providers.
 *
 * Each subscription is one request; unsubscribing closes its connection at once. Attempts that fail before anything was
 * emitted are repeated (`maxRetries`), which `on_chat_model_retry` reports.
 */
export abstract class ProviderModel<
  X extends ModelCallOptions = ModelCallOptions,
  R = ModelRequest,
> extends ChatModel<X> {
  protected readonly errors: ProviderErrors;
  protected readonly callSettings: KnownSettings;
  protected readonly transport: Transport;
  /** What no error of any call may show. */
  protected readonly secrets = new Secrets();
  readonly #settings: ProviderSettings;
  readonly #starts = new StartQueue();

  constructor(settings: ProviderSettings) {
    super(settings);
    this.#settings = settings;
    this.callSettings = readSettings(settings);
    this.transport = readTransport(settings.transport);
    this.errors = new ProviderErrors(settings.provider, settings.errors);
  }

  /** The request for some messages. It is made anew for each attempt; what it throws fails the call. */
  protected abstract toRequest(messages: readonly AnyMessage[], options: X): R | Promise<R>;

  /** A decoder for one answer. */
  protected abstract decoder(context: DecoderContext): StreamDecoder;

  /** Sends a request and returns its response, which is known to be a stream of the expected media type. */
  protected send(request: R, sending: Sending): Promise<Response | ReceivedResponse> {
    const { mediaType, requestIdHeaders, fetch } = this.#settings;
    return sendRequest(request as ModelRequest, {
      ...sending,
      errors: this.errors,
      mediaType: mediaType ?? 'text/event-stream',
      requestIdHeaders: requestIdHeaders ?? ['x-request-id', 'request-id'],
      transport: fetch ?? this.transport,
    });
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & X,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const { maxRetries, timeouts } = this.callSettings;
    const { total } = timeouts;
    const secrets = new Secrets(this.secrets);
    secrets.addHeaders(Object.entries(config.headers ?? {}));
    const options = this.optionsFor(callOptions(config)) as X;
    const answer$ = defer(() => this.#attempt$(messages, options, config, secrets)).pipe(
      retryAttempts(maxRetries, scheduler, (retry) => {
        scope?.emit('on_chat_model_retry', retry);
      }),
    );
    if (total > LONGEST_TIMER) return answer$;
    return answer$.pipe(cutOff(timer(total, scheduler), () => this.timedOut(total, undefined)));
  }

  /** One request, from its sending to the end of its answer. */
  #attempt$(
    messages: readonly AnyMessage[],
    options: X,
    config: RunConfig,
    secrets: Secrets,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const { timeouts, limits } = this.callSettings;
    const { errors } = this;
    return request$({
      open: async (signal) => {
        // Here, where its failure is the call's also if nobody waits for it any more.
        const made = await this.toRequest(messages, options);
        // Beginning a request takes as long as a hundred deltas of a stream under way, which would wait for it.
        await this.#starts.next();
        signal.throwIfAborted();
        return receiveResponse(await this.send(made, { signal, scheduler, secrets }), errors);
      },
      read: (response, subscriber, abort) =>
        readStream<AIMessageChunk>(response, subscriber, {
          decoder: (emit) => {
            const decoder = this.decoder({
              messageId: `run-${scope?.runId ?? ''}`,
              provider: errors.provider,
              limits,
              emit,
              fail: errors.fail,
              reported: (frame) => errors.reported(readReportedError(frame, secrets)),
              scrub: (value) => scrubValue(value, secrets),
              unknown: (event) =>
                scope?.emit('on_custom_event', scrubValue(event, secrets), 'provider_event'),
            });
            if (this.#settings.raw !== true || scope === undefined || scope.listeners.length === 0)
              return decoder;
            return new RawDecoder(decoder, (event) => {
              scope.emit('on_custom_event', scrubValue(event, secrets), 'provider_raw');
            });
          },
          reported: (frame) => errors.reported(readReportedError(frame, secrets)),
          errors,
          ...(this.#settings.mediaType === 'application/x-ndjson' ? { events: lines } : {}),
          limits,
          timeouts,
          scheduler,
          gate: findGate(subscriber) ?? config[GATE],
          secrets,
          abort,
        }),
      headersMs: timeouts.headers,
      tooLate: () =>
        errors.fail('timeout', `no response within ${String(timeouts.headers)} ms`, {
          phase: 'headers',
          retryable: true,
        }),
      scheduler,
    });
  }
}

function lines(handlers: EventStreamHandlers, maxEventSize: number): EventStreamDecoder {
  return new LineEventDecoder((name, data) => {
    handlers.event(name, data, '');
  }, maxEventSize);
}
