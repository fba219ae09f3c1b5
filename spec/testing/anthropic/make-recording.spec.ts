import { recordingOf } from '../../../lib/testing/anthropic/make-recording.js';

const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('recordingOf', () => {
  it('reports a text token by token, in the order of the service', () => {
    expect(
      recordingOf({
        id: 'msg_1',
        tokens: ['Hel', 'lo'],
        usage: { start: { input_tokens: 3, output_tokens: 1 }, end: { output_tokens: 2 } },
      }),
    ).toEqual([
      {
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'claude-3-haiku-20240307',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: {
            input_tokens: 3,
            cache_creation_input_tokens: 0,
            cache_read_input_tokens: 0,
            output_tokens: 1,
          },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 2 },
      },
      { type: 'message_stop' },
    ]);
  });

  it('reports thinking with its signature, text, a tool call and any other block', () => {
    const events = recordingOf({
      content: [
        { thinking: ['Hm', '.'], signature: 'sig' },
        { text: 'I look.' },
        { tool: 'weather', id: 'toolu_w', input: { city: 'Graz' } },
        { tool: 'time', input: ['{"zone"', ':"CET"}'] },
        { block: { type: 'web_search_tool_result', tool_use_id: 's', content: [] } },
      ],
    });
    expect(events.filter(({ type }) => type === 'content_block_start')).toMatchObject([
      { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { index: 1, content_block: { type: 'text', text: '' } },
      { index: 2, content_block: { type: 'tool_use', id: 'toolu_w', name: 'weather', input: {} } },
      { index: 3, content_block: { type: 'tool_use', id: 'toolu_3', name: 'time', input: {} } },
      {
        index: 4,
        content_block: { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      },
    ]);
    expect(
      events
        .filter(({ type }) => type === 'content_block_delta')
        .map(({ index, delta }) => [index, delta]),
    ).toEqual([
      [0, { type: 'thinking_delta', thinking: 'Hm' }],
      [0, { type: 'thinking_delta', thinking: '.' }],
      [0, { type: 'signature_delta', signature: 'sig' }],
      [1, { type: 'text_delta', text: 'I look.' }],
      [2, { type: 'input_json_delta', partial_json: '{"city":"Graz"}' }],
      [3, { type: 'input_json_delta', partial_json: '{"zone"' }],
      [3, { type: 'input_json_delta', partial_json: ':"CET"}' }],
    ]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });

  it('takes another stop reason and model', () => {
    const events = recordingOf({ tokens: [], model: 'm', stopReason: 'refusal' });
    expect(events[0]).toMatchObject({ message: { model: 'm' } });
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'refusal' } });
  });

  it('reports a message without content', () => {
    expect(types(recordingOf({}))).toEqual([
      'message_start',
      'ping',
      'message_delta',
      'message_stop',
    ]);
  });

  it('does not take both tokens and content', () => {
    expect(() => recordingOf({ tokens: ['a'], content: [] })).toThrow(TypeError);
  });
});
