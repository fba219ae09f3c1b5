import {
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  jsonDelta,
  messageDelta,
  messageStart,
  textDelta,
} from '../../../lib/testing/anthropic/wire-event.js';

it.each([
  [
    messageStart({ id: 'm', stop_reason: 'tool_use' }),
    {
      type: 'message_start',
      message: {
        type: 'message',
        role: 'assistant',
        content: [],
        stop_reason: 'tool_use',
        stop_sequence: null,
        id: 'm',
      },
    },
  ],
  [
    blockStart(1, { type: 'text', text: '' }),
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
  ],
  [blockDelta(1, { type: 'x' }), { type: 'content_block_delta', index: 1, delta: { type: 'x' } }],
  [
    textDelta(0, 'a'),
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } },
  ],
  [
    jsonDelta(0, '{'),
    {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'input_json_delta', partial_json: '{' },
    },
  ],
  [blockStop(2), { type: 'content_block_stop', index: 2 }],
  [
    messageDelta('end_turn', { output_tokens: 1 }),
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 1 },
    },
  ],
  [errorEvent('api_error', 'No'), { type: 'error', error: { type: 'api_error', message: 'No' } }],
])('%j is as the wire has it', (event, expected) => {
  expect(event).toEqual(expected);
});
