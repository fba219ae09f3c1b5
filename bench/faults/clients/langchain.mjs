import { ChatAnthropic } from '@langchain/anthropic';
import { API_KEY, loop, MAX_TOKENS, MODEL, oneClock, PROMPT } from './client.mjs';
import { later } from './later.mjs';

/** `ChatAnthropic.stream`, iterated over; the message is its chunks, concatenated. */
export function open({ baseURL, maxRetries, clocks: { total, ...clocks } = {} }) {
  const model = new ChatAnthropic({
    model: MODEL,
    maxTokens: MAX_TOKENS,
    apiKey: API_KEY,
    anthropicApiUrl: baseURL,
    maxRetries,
    clientOptions: oneClock(clocks),
  });
  const ask = (signal) => model.stream(PROMPT, { signal, timeout: total });
  return {
    read: async ({ signal = undefined, leave = signal, whole, take }) => {
      let message;
      const ended = await loop(await ask(leave), textOf, (text, chunk) => {
        if (whole) message = message === undefined ? chunk : message.concat(chunk);
        return take(text, chunk);
      });
      return ended && whole ? toMessage(message) : undefined;
    },
    iterate: () => later(ask),
    textOf,
  };
}

const textOf = ({ text }) => text;

function toMessage(message) {
  if (message === undefined) return { text: '', blocks: [], calls: [], usage: undefined };
  const { text, content, tool_calls = [], invalid_tool_calls = [], usage_metadata } = message;
  const blocks = typeof content === 'string' ? [content] : content.map((block) => block.text);
  return {
    text,
    blocks,
    calls: [
      ...tool_calls.map(({ name, args }) => ({ name, args })),
      ...invalid_tool_calls.map(({ name, args }) => ({ name, invalid: args })),
    ],
    usage: usage_metadata,
  };
}
