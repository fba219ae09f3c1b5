import type { ChatInput } from '../../chat/chat-input.js';
import type { OwnerOf } from '../server/owner-of.js';
import type { ReadRunRequestOptions } from '../server/read-run-request.js';
import type { SseSource } from '../server/sse-source.js';
import type { UIMessageStreamResponseOptions } from './ui-frames.js';

/** What the routes of a chat run, and who may see it. `R` is the server's request. */
export interface ChatRoutesOptions<R>
  extends ReadRunRequestOptions, Omit<UIMessageStreamResponseOptions, 'messageId'> {
  /**
   * The run of a turn: `({ messages }) => (config) => agent.stream$(fromUIMessages(messages), config)`. The body is as the client
   * sent it: untrusted, but for its `id`, which is a text.
   */
  readonly source: (
    body: Readonly<Record<string, unknown>>,
    request: R,
  ) => SseSource<ChatInput> | PromiseLike<SseSource<ChatInput>>;
  /**
   * Who asks: the id of the user or tenant of the session; nothing (undefined, null, an empty text) for a client that may see no
   * chat. Without this, who knows the id of a chat sees it and asks in it.
   */
  readonly owner?: OwnerOf<R> | undefined;
  /** Kept with the run, beside its `owner` and the `message` that it goes on with. */
  readonly meta?: ((body: Readonly<Record<string, unknown>>, request: R) => object) | undefined;
}
