import { from, map, type Observable, type ObservableInput } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  type AnyMessage,
  ChatModel,
  type ModelCallOptions,
  type RunConfig,
} from 'rxlm';

type CallConfig = RunConfig & ModelCallOptions;

type Answer<R> = (messages: readonly AnyMessage[], config: CallConfig) => R;

/** A model that streams what `answer` gives for each call; strings are chunks of text. */
export class FakeStream extends ChatModel {
  static override readonly lcName: string | undefined = 'FakeStream';
  readonly #answer: Answer<ObservableInput<string | AIMessageChunk>>;

  constructor(answer: Answer<ObservableInput<string | AIMessageChunk>>) {
    super();
    this.#answer = answer;
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: CallConfig,
  ): Observable<AIMessageChunk> {
    return from(this.#answer(messages, config)).pipe(
      map((chunk) => (typeof chunk === 'string' ? new AIMessageChunk(chunk) : chunk)),
    );
  }
}

/** A model that gives what `answer` does as one message. */
export class FakeGenerate extends ChatModel {
  static override readonly lcName: string | undefined = 'FakeGenerate';
  readonly #answer: Answer<string | Promise<string>>;

  constructor(answer: Answer<string | Promise<string>>) {
    super();
    this.#answer = answer;
  }

  protected override async generate(
    messages: readonly AnyMessage[],
    config: CallConfig,
  ): Promise<AIMessage> {
    return new AIMessage(await this.#answer(messages, config));
  }
}

/** A model that streams these texts, synchronously. */
export const saying = (...texts: string[]): FakeStream => new FakeStream(() => texts);
