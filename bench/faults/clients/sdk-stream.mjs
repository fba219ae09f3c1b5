import Anthropic from '@anthropic-ai/sdk';
import { API_KEY, loop, oneClock, REQUEST } from './client.mjs';
import { textOf } from './sdk-create.mjs';

/** `messages.stream()`, iterated over, and its `finalMessage()`. */
export function open({ baseURL, maxRetries, clocks }) {
  const client = new Anthropic({ apiKey: API_KEY, baseURL, maxRetries, ...oneClock(clocks) });
  return {
    read: async ({ signal = undefined, leave = signal, whole, take }) => {
      const stream = client.messages.stream(REQUEST, leave && { signal: leave });
      if (!(await loop(stream, textOf, take))) return undefined;
      const message = await stream.finalMessage();
      return whole ? toMessage(message) : undefined;
    },
    iterate: () => client.messages.stream(REQUEST),
    textOf,
  };
}

function toMessage({ content, usage }) {
  const texts = content.filter(({ type }) => type === 'text').map(({ text }) => text);
  const calls = content.filter(({ type }) => type === 'tool_use');
  return {
    text: texts.join(''),
    blocks: texts,
    // It parses leniently: a call that is not valid JSON has what could be read of it, or kills the message.
    calls: calls.map(({ name, input }) => ({ name, args: input })),
    usage,
  };
}
