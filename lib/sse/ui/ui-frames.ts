import type { RunConfig } from '../../core/run-config.js';
import type { Observable } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import { observableOf, type SseSource } from '../server/sse-source.js';
import { toUIMessageStream } from './to-ui-message-stream.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UIMessageStreamOptions } from './ui-options.js';

/** How a UI message stream is told and sent. */
export interface UIMessageStreamResponseOptions extends UIMessageStreamOptions {
  /** Beside those of the protocol. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** @internal What is sent, and how, where the answer is a UI message stream. */
export function uiFrames(
  source: SseSource<ChatInput>,
  { headers, ...options }: UIMessageStreamResponseOptions,
) {
  const source$ = observableOf(source);
  const toStream = toUIMessageStream(options);
  return {
    source: (config: RunConfig): Observable<UIMessageChunk> => source$(config).pipe(toStream),
    options: {
      end: { data: '[DONE]' },
      headers: { 'x-vercel-ai-ui-message-stream': 'v1', ...headers },
    },
  };
}
