import Anthropic from '@anthropic-ai/sdk';
import { API_KEY, loop, oneClock, REQUEST } from './client.mjs';
import { EventFold } from './event-fold.mjs';
import { later } from './later.mjs';

/** `messages.create({ stream: true })`, iterated over; what is made of its events is `EventFold`'s. */
export function open({ baseURL, maxRetries, clocks }) {
  const client = new Anthropic({ apiKey: API_KEY, baseURL, maxRetries, ...oneClock(clocks) });
  const ask = (options) => client.messages.create({ ...REQUEST, stream: true }, options);
  return {
    read: async ({ signal = undefined, leave = signal, whole, take }) => {
      const fold = new EventFold();
      const events = await ask(leave && { signal: leave });
      const ended = await loop(events, textOf, (text, event) => {
        if (whole) fold.add(event);
        return take(text, event);
      });
      return ended ? fold.message : undefined;
    },
    iterate: () => later(ask),
    textOf,
  };
}

export const textOf = (event) =>
  event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '';
