import { Subject } from 'rxjs';
import { foldMessages, toAsyncIterable } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { API_KEY, MAX_TOKENS, MODEL, PROMPT } from './client.mjs';

/** `ChatAnthropic.stream$`, subscribed to; iterated over by `toAsyncIterable`. */
export function open({ baseURL, maxRetries, clocks, limits }) {
  const model = new ChatAnthropic({
    model: MODEL,
    maxTokens: MAX_TOKENS,
    apiKey: API_KEY,
    baseURL,
    maxRetries,
    timeouts: clocks,
    limits,
  });
  return {
    read: ({ signal, leave, whole, take }) =>
      new Promise((resolve, reject) => {
        const folded = new Subject();
        let message;
        if (whole) folded.pipe(foldMessages()).subscribe((value) => (message = value));
        const subscription = model.stream$(PROMPT, signal && { signal }).subscribe({
          next: (chunk) => {
            folded.next(chunk);
            if (take(chunk.text, chunk) === true) end();
          },
          error: reject,
          complete: () => {
            folded.complete();
            resolve(message && toMessage(message));
          },
        });
        function end() {
          subscription.unsubscribe();
          resolve(undefined);
        }
        leave?.addEventListener('abort', end, { once: true });
      }),
    iterate: () => toAsyncIterable(model.stream$(PROMPT)),
    textOf: ({ text }) => text,
  };
}

function toMessage({ text, content, tool_calls, invalid_tool_calls, usage_metadata }) {
  return {
    text,
    blocks: typeof content === 'string' ? [content] : content.map((block) => block.text),
    calls: [
      ...tool_calls.map(({ name, args }) => ({ name, args })),
      ...invalid_tool_calls.map(({ name, args }) => ({ name, invalid: args })),
    ],
    usage: usage_metadata,
  };
}
