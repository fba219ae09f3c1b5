// What the server answers, by the name of the model that it is asked for: `text-1000`, `thinking-1000`, `tools-80000`.
import { delta, message, wordOf } from './wire.mjs';

const PIECE = 14;

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

export const BODIES = {
  /** So many deltas of text. */
  text: (count) =>
    message(
      { type: 'text', text: '' },
      times(count, (i) => delta(0, { type: 'text_delta', text: wordOf(i) })),
    ),

  /** So many deltas of thinking, and the signature behind them. */
  thinking: (count) =>
    message({ type: 'thinking', thinking: '', signature: '' }, [
      ...times(count, (i) => delta(0, { type: 'thinking_delta', thinking: wordOf(i) })),
      delta(0, { type: 'signature_delta', signature: 'c2lnbmF0dXJl' }),
    ]),

  /** A call of the first tool of the request, with so many bytes of input, 14 a delta: the mean of recordings. */
  tools: (bytes, tool) => {
    const json = toolInput(bytes);
    return message(
      { type: 'tool_use', id: 'toolu_bench', name: tool, input: {} },
      times(Math.ceil(json.length / PIECE), (i) =>
        delta(0, {
          type: 'input_json_delta',
          partial_json: json.slice(PIECE * i, PIECE * (i + 1)),
        }),
      ),
      'tool_use',
    );
  },
};

/** A list of small records, as extraction makes them. */
function toolInput(bytes) {
  const records = [];
  for (let size = 0, i = 0; size < bytes; i += 1) {
    const record = { id: i, title: `Record ${i} of the list`, tags: ['a', 'b'], done: i % 2 === 0 };
    records.push(record);
    size += JSON.stringify(record).length + 1;
  }
  return JSON.stringify({ records });
}
