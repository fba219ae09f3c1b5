import type { Observable } from 'rxjs';
import type { RunConfig } from '../../core/run-config.js';
import type { RunInput } from '../../core/run-input.js';
import type { Runnable } from '../../core/runnable.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { isMessage } from '../../messages/any-message.js';
import { coerceMessages, type MessagesInput } from '../../messages/coerce-messages.js';
import { foldMessages } from '../../messages/fold-messages.js';
import { ChatModel, type ChatModelOptions } from '../../models/chat-model.js';
import type { ModelCallOptions } from '../../models/model-call-options.js';
import { withConfig } from '../../runnables/with-config.js';
import { describeTools } from './describe-tools.js';
import type { RemoteOptions } from './remote-options.js';
import { RemoteRunnable } from './remote-runnable.js';

/**
 * A chat model at a server: messages in, message chunks out. As {@link remoteRunnable}, and a chat model like any other:
 * `bind`, `bindTools`, `runTools` and `withStructuredOutput` take it. Call options go to the server with each request, tools
 * by name, description and schema; which of them count is for the server to say.
 *
 * @example
 * const model = new RemoteChatModel('/api/chat');
 * model.runType // => 'chat_model'
 */
export class RemoteChatModel extends ChatModel {
  static override readonly lcName = 'RemoteChatModel';
  readonly #remote: Runnable<MessagesInput, AIMessage, AIMessageChunk>;

  constructor(url: string | URL, options: RemoteOptions & ChatModelOptions = {}) {
    super();
    const remote = new RemoteMessages(this, url, options);
    const { listeners } = options;
    this.#remote = listeners === undefined ? remote : withConfig(remote, { listeners });
  }

  override get name(): string {
    return this.#remote.name;
  }

  override run$(
    input: RunInput<MessagesInput>,
    config: RunConfig & ModelCallOptions,
  ): Observable<AIMessageChunk> {
    const { tools } = config;
    return this.#remote.run$(
      input,
      tools === undefined ? config : { ...config, tools: describeTools(tools) },
    );
  }
}

/** The runs of the model: those that the server reports, or one that is emitted here. */
class RemoteMessages extends RemoteRunnable<MessagesInput, AIMessage, AIMessageChunk> {
  static override readonly lcName = 'RemoteChatModel';
  override readonly runType = 'chat_model';
  override readonly fold = foldMessages();
  override readonly isChunk = (value: unknown) => isMessage(value) && value.type === 'ai';
  readonly #model: ChatModel;

  constructor(model: ChatModel, url: string | URL, options: RemoteOptions) {
    super(url, options);
    this.#model = model;
  }

  override timedOut(ms: number, partial: unknown): unknown {
    return this.#model.timedOut(ms, partial);
  }

  override showInput(input: MessagesInput): unknown {
    return { messages: [coerceMessages(input)] };
  }
}
