// A contender is `(model, take) => Promise<void>`: one request, of which it hands on each piece of text; `true` from
// `take` leaves the stream, in the way that is usual there. Each file exports its contenders by workload and name.

export const QUESTION = 'What do goldfish do on the moon?';
export const API_KEY = 'a-key-for-benches';
export const MAX_TOKENS = 1024;

/** What is made once for each model, as a service makes it. */
export function once(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}

/** A request as all of them send it. */
export const requestOf = (model) => ({
  model,
  max_tokens: MAX_TOKENS,
  messages: [{ role: 'user', content: QUESTION }],
});

/** The same, for whom it does not say itself that it streams. */
export const streamOf = (model) => ({ ...requestOf(model), stream: true });

export const SCHEMA = {
  type: 'object',
  properties: { records: { type: 'array', items: { type: 'object' } } },
  required: ['records'],
};

/** The tool whose input is read while it grows. */
export const TOOL = { name: 'extract', description: 'Keeps records', input_schema: SCHEMA };
