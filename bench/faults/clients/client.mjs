// A client is made by `open(settings)` and gives two ways to ask:
//
// - `read({ signal, leave, whole, take })` reads an answer to its end in the way that is usual there. `take(text, value)`
//   gets each value; `true` from it leaves the stream. `signal` is an abort signal of the caller's; `leave` is one that
//   says from outside that the answer is no longer wanted. Gives the message if it is wanted `whole`, `undefined` if
//   it was left; rejects with the error.
// - `iterate()` gives the answer as an async iterable, whose values have their text by `textOf`.
//
// A message is `{ text, calls, usage }`: a call is `{ name, args }`, or `{ name, invalid }` with what came for arguments.

export const API_KEY = 'sk-canary-0123456789abcdef';
export const PROMPT = 'How deep is the marzipan?';
export const MODEL = 'claude-3-haiku-20240307';
export const MAX_TOKENS = 1024;

/** A request as it goes over the wire. */
export const REQUEST = {
  model: MODEL,
  max_tokens: MAX_TOKENS,
  messages: [{ role: 'user', content: PROMPT }],
};

/** The least of the clocks that a case sets, for clients that have one for everything. */
export function oneClock(clocks = {}) {
  const set = Object.values(clocks);
  return set.length === 0 ? {} : { timeout: Math.min(...set) };
}

/** Reads what can be iterated over. Leaving the loop is leaving the stream; gives whether it came to its end. */
export async function loop(values, textOf, take) {
  for await (const value of values) if (take(textOf(value), value) === true) return false;
  return true;
}
