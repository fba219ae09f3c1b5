import {
  asyncScheduler,
  concatMap,
  defer,
  from,
  isObservable,
  map,
  type Observable,
  of,
  timer,
} from 'rxjs';
import { callOptions } from '../../core/call-options.js';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import { ModelError } from '../../errors/model-error.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { foldMessages } from '../../messages/fold-messages.js';
import { ChatModel, type ChatModelOptions } from '../../models/chat-model.js';
import type { ModelCallOptions } from '../../models/model-call-options.js';
import { toChunk } from '../../models/internal/to-chunk.js';
import { ChunkWriter } from './chunk-writer.js';
import { checkAnswer, type FakeAnswer, type FakeChunk, isError } from './fake-answer.js';

/** How the answers of a {@link FakeChatModel} come. */
export interface FakeChatModelOptions extends ChatModelOptions {
  /**
   * Milliseconds before each chunk of an answer that brings no time of its own, on `config.scheduler`. None by
   * default: then they come synchronously.
   */
  readonly delayMs?: number;
  /** Whether it streams. If not, each answer comes as one chunk when it is complete. @defaultValue true */
  readonly streaming?: boolean;
}

/** What a fake model has been asked. */
export interface FakeCall {
  readonly messages: readonly AnyMessage[];
  /** The call options, bound ones included. */
  readonly options: ModelCallOptions;
}

/**
 * A chat model for tests: gives scripted answers, one for each run, in order.
 *
 * A run too many fails with a `ModelError` (`invalid_request`, not retryable) that tells how many were planned; if the
 * code under test swallows it, {@link assertAllUsed} still throws. `calls` has what was asked. A chunk with a tool call
 * has the `finish_reason` `tool_call`, unless its message says otherwise; else nothing is added to what was scripted but
 * the message's id. `{ finish_reason: 'length' }` as the last chunk says why the message ended. Unsubscribing ends an answer where it is; it is used up.
 *
 * @example
 * const model = new FakeChatModel([
 *   [{ name: 'weather', args: { city: 'Graz' } }],
 *   ['It is ', '21 °C.'],
 *   new Error('out of order'),
 * ]);
 * const { tool_calls } = await model.invoke('How warm is it in Graz?');
 * tool_calls.map(({ name }) => name) // => ['weather']
 * const { text } = await model.invoke('And?');
 * text // => 'It is 21 °C.'
 * model.calls.map(({ messages }) => messages[0].text) // => ['How warm is it in Graz?', 'And?']
 */
export class FakeChatModel extends ChatModel {
  static override readonly lcName: string | undefined = 'FakeChatModel';
  readonly #answers: readonly FakeAnswer[];
  readonly #delayMs: number;
  readonly #streaming: boolean;
  readonly #asked: FakeCall[] = [];

  constructor(answers: readonly FakeAnswer[], options: FakeChatModelOptions = {}) {
    super(options);
    const { delayMs = 0, streaming = true } = options;
    if (!Array.isArray(answers))
      throw new TypeError(
        `answers must be an array, one for each call, got ${describeValue(answers)}`,
      );
    answers.forEach((answer, index) => {
      checkAnswer(answer, `answers[${index}]`);
    });
    if (!Number.isFinite(delayMs) || delayMs < 0)
      throw new TypeError(
        `delayMs must be a number of milliseconds, got ${describeValue(delayMs)}`,
      );
    this.#answers = answers;
    this.#delayMs = delayMs;
    this.#streaming = streaming;
  }

  /** What it has been asked so far, also what was not planned. */
  get calls(): readonly FakeCall[] {
    return this.#asked;
  }

  /** Throws unless there have been exactly as many calls as answers. */
  assertAllUsed(): void {
    if (this.#asked.length !== this.#answers.length) throw new Error(this.#tally());
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & ModelCallOptions,
  ): Observable<AIMessageChunk> {
    return defer(() => {
      const number = this.#asked.push({ messages, options: callOptions(config) });
      const answer = this.#answers[number - 1];
      if (answer === undefined) throw this.#unplanned();
      const writer = new ChunkWriter(`call_${number}`);
      const chunks$ = this.#chunksOf(answer, messages, config).pipe(
        map((chunk) => {
          if (isError(chunk)) throw chunk;
          return writer.write(chunk);
        }),
      );
      return this.#streaming ? chunks$ : chunks$.pipe(foldMessages(), map(toChunk));
    });
  }

  #chunksOf(
    answer: FakeAnswer,
    messages: readonly AnyMessage[],
    config: RunConfig & ModelCallOptions,
  ): Observable<FakeChunk> {
    if (typeof answer === 'function') {
      const made = answer(messages, config);
      checkAnswer(made, 'what the function of an answer gives');
      return this.#chunksOf(made, messages, config);
    }
    if (isObservable(answer)) return answer;
    const chunks$ = Array.isArray(answer)
      ? from(answer as readonly FakeChunk[])
      : of(answer as FakeChunk);
    const delayMs = this.#delayMs;
    return delayMs === 0
      ? chunks$
      : chunks$.pipe(
          concatMap((chunk) =>
            timer(delayMs, config.scheduler ?? asyncScheduler).pipe(map(() => chunk)),
          ),
        );
  }

  #unplanned(): ModelError {
    return new ModelError(`${this.#tally()}. Plan an answer for each call, or find out who calls`, {
      code: 'invalid_request',
      provider: 'fake',
      retryable: false,
    });
  }

  #tally(): string {
    const answers = this.#answers;
    const asked = this.#asked;
    return `FakeChatModel: answers planned: ${answers.length}, calls made: ${asked.length}`;
  }
}
