import type { RunConfig } from '../../core/run-config.js';
import { isRecord } from '../../core/internal/is-record.js';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { defer, type Observable } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import {
  observableOf,
  REFUSED_AT_CALL,
  refusedAtCall,
  type SseSource,
} from '../server/sse-source.js';
import { uiMessageStream } from './to-ui-message-stream.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UIMessageStreamOptions } from './ui-options.js';

/** The options of a UI message stream over HTTP. */
export interface UIMessageStreamResponseOptions extends UIMessageStreamOptions {
  /** Beside those of the protocol. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** @internal What is sent, and how, where the answer is a UI message stream. */
export function uiFrames(
  source: SseSource<ChatInput>,
  { headers, ...options }: UIMessageStreamResponseOptions,
  edge: string,
) {
  const source$ = observableOf(source);
  const toStream = uiMessageStream(options, edge);
  const refused = refusedAtCall(source);
  const send = (config: RunConfig): Observable<UIMessageChunk> =>
    defer(() => source$(config)).pipe(toStream);
  return {
    source: refused === undefined ? send : Object.assign(send, { [REFUSED_AT_CALL]: refused }),
    options: {
      end: { data: '[DONE]' },
      onError: options.onError,
      headers: withProtocol(headers),
    },
  };
}

/** What is no plain object, or cannot be read, the edge refuses by name: spread, a `Headers` would be lost. */
function withProtocol(headers: UIMessageStreamResponseOptions['headers'] = {}) {
  const { entries } = Object(headers) as { readonly entries?: unknown };
  const isPlain = isRecord(headers) && typeof entries !== 'function';
  const merged = attempt(() => ({ 'x-vercel-ai-ui-message-stream': 'v1', ...headers }));
  return isPlain && merged !== undefined ? merged : headers;
}
