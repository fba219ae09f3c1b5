// The wire as the Messages API writes it: `event:` lines, compact JSON, up to 15 spaces before the last brace.

/** Pieces as a tokeniser cuts them: a few have what JSON must escape. */
const WORDS =
  'Here| is| a| verse| about| gol|dfish| on| the| moon|:|\n\n|Floating| up| above| the| Earth|,|\nGol|dfish| swim| in| alien| m|irth|.| "|Blub|"| they| say|,| and| their| tank|\'s| "|tide|"| is| low'.split(
    '|',
  );

export const wordOf = (index) => WORDS[index % WORDS.length];

export function frame(event) {
  const json = JSON.stringify(event);
  const padding = ' '.repeat(Math.floor(Math.random() * 16));
  return `event: ${event.type}\ndata: ${json.slice(0, -1)}${padding}}\n\n`;
}

export const delta = (index, fields) => ({ type: 'content_block_delta', index, delta: fields });

/** A message of one block. */
export function message(block, deltas, stopReason = 'end_turn') {
  return [...opening(block), ...deltas, ...closing(stopReason, deltas.length)];
}

export const opening = (block) => [
  {
    type: 'message_start',
    message: {
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      model: 'claude-bench',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 21, output_tokens: 2 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: block },
  { type: 'ping' },
];

export const closing = (stopReason, tokens) => [
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: stopReason, stop_sequence: null },
    usage: { output_tokens: tokens },
  },
  { type: 'message_stop' },
];
