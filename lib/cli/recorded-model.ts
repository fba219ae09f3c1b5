import { asyncScheduler, type Observable } from 'rxjs';
import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS } from '../anthropic/check-options.js';
import { readMessage } from '../anthropic/read-message.js';
import { modelError } from '../anthropic/to-model-error.js';
import { findGate, GATE } from '../core/gate.js';
import type { RunConfig } from '../core/run-config.js';
import { SCOPE } from '../core/scope.js';
import { request$ } from '../event-stream/request.js';
import { Secrets } from '../event-stream/secrets.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnyMessage } from '../messages/any-message.js';
import { ChatModel } from '../models/chat-model.js';
import type { ModelMetadata } from '../models/model-call-options.js';

const HEADERS = { 'content-type': 'application/json', 'x-api-key': 'recorded' };

/**
 * The model of recorded answers that a server on this machine plays. They are read as `ChatAnthropic` reads the real
 * ones; only the request needs no SDK, so that the command line runs where none is installed.
 */
export class RecordedModel extends ChatModel {
  static override readonly lcName = 'ChatAnthropic';
  readonly #url: string;
  readonly #model: string;

  constructor(url: string, model: string) {
    super();
    this.#url = url;
    this.#model = model;
  }

  protected override modelMetadata(): ModelMetadata {
    return { ls_provider: 'anthropic', ls_model_name: this.#model, ls_model_type: 'chat' };
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const { headers: headersMs } = DEFAULT_TIMEOUTS;
    const asked = messages.map(({ text }) => ({ role: 'user', content: text }));
    const body = { model: this.#model, max_tokens: 1024, stream: true, messages: asked };
    return request$({
      open: (signal) =>
        fetch(new URL('/v1/messages', this.#url), {
          method: 'POST',
          headers: HEADERS,
          body: JSON.stringify(body),
          signal,
        }),
      read: (response, subscriber, abort) =>
        readMessage(response, subscriber, {
          messageId: `run-${scope?.runId ?? ''}`,
          limits: DEFAULT_LIMITS,
          timeouts: DEFAULT_TIMEOUTS,
          scheduler,
          gate: findGate(subscriber) ?? config[GATE],
          secrets: new Secrets(),
          tellUnknown: (event) => scope?.tell('on_custom_event', event, 'provider_event'),
          abort,
        }),
      headersMs,
      tooLate: () => modelError('timeout', `no response within ${String(headersMs)} ms`),
      scheduler,
    });
  }
}
