import { basename } from 'node:path';
import { foldWire } from '../../../lib/testing/anthropic/fold-wire.js';
import { eventOf, readRecording, splitMessages } from '../../../lib/testing/anthropic/recording.js';
import { recordingOf } from '../../../lib/testing/anthropic/make-recording.js';
import { GOOD, goodStart } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import {
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  messageDelta,
  messageStart,
  messageStop,
} from '../../../lib/testing/anthropic/wire-event.js';
import { realRecordings } from '../real-recordings.js';

describe('foldWire', () => {
  it('makes the message that the service answers without a stream', () => {
    expect(foldWire(GOOD)).toEqual({
      id: 'msg_good',
      type: 'message',
      role: 'assistant',
      model: 'claude-3-haiku-20240307',
      content: [{ type: 'text', text: 'Hello wörld 🌍👩‍🚀!' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 7 },
    });
  });

  it('folds thinking, tool arguments, citations and whole blocks', () => {
    const events = recordingOf({
      content: [
        { thinking: ['Hm', '.'], signature: 'sig' },
        { tool: 'weather', id: 't', input: ['{"ci', 'ty":"Graz"}'] },
        { tool: 'time', id: 'u', input: [''] },
        { tool: 'broken', id: 'v', input: ['{"a'] },
        { block: { type: 'mcp_tool_result', tool_use_id: 'm', content: [] } },
      ],
    });
    const cited = [
      blockStart(5, { type: 'text', text: '', citations: null }),
      blockDelta(5, { type: 'citations_delta', citation: { n: 1 } }),
      blockDelta(5, { type: 'citations_delta', citation: { n: 2 } }),
      blockStop(5),
    ];
    expect(foldWire(events.toSpliced(-2, 0, ...cited))?.['content']).toEqual([
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'tool_use', id: 't', name: 'weather', input: { city: 'Graz' } },
      { type: 'tool_use', id: 'u', name: 'time', input: {} },
      { type: 'tool_use', id: 'v', name: 'broken', input: '{"a' },
      { type: 'mcp_tool_result', tool_use_id: 'm', content: [] },
      { type: 'text', text: '', citations: [{ n: 1 }, { n: 2 }] },
    ]);
  });

  it('folds a compaction', () => {
    const events = [
      blockStart(0, { type: 'compaction', content: null, encrypted_content: null }),
      blockDelta(0, { type: 'compaction_delta', content: 'Sum', encrypted_content: 'x' }),
      blockDelta(0, { type: 'compaction_delta', content: 'mary', encrypted_content: null }),
    ];
    expect(foldWire([messageStart({}), ...events, messageStop])?.['content']).toEqual([
      { type: 'compaction', content: 'Summary', encrypted_content: 'x' },
    ]);
  });

  it('[15] replaces usage, and only by what is reported', () => {
    const start = messageStart({ usage: { input_tokens: 21, output_tokens: 2, speed: 'fast' } });
    const end = messageDelta('end_turn', { output_tokens: 73, input_tokens: 25, speed: null });
    expect(foldWire([start, end, messageStop])?.['usage']).toEqual({
      input_tokens: 25,
      output_tokens: 73,
      speed: 'fast',
    });
  });

  it('keeps the blocks that a message_start already holds', () => {
    const block = { type: 'tool_use', id: 't', name: 'roll', input: { sides: 6 } };
    expect(
      foldWire([messageStart({ content: [block], stop_reason: 'tool_use' }), messageStop]),
    ).toMatchObject({ content: [block], stop_reason: 'tool_use' });
  });

  it('[23] ignores a repeated message_start', () => {
    expect(foldWire([goodStart(), ...GOOD])).toEqual(foldWire(GOOD));
  });

  it('gives the error that came instead', () => {
    const error = errorEvent('overloaded_error', 'Overloaded');
    expect(foldWire([...GOOD.slice(0, 4), error, ...GOOD.slice(4)])).toEqual(error);
  });

  it('[5] gives nothing without message_stop', () => {
    expect(foldWire(GOOD.slice(0, -1))).toBeUndefined();
    expect(foldWire([])).toBeUndefined();
  });

  it('leaves the events as they were', () => {
    const before = structuredClone(GOOD);
    foldWire(GOOD);
    expect(GOOD).toEqual(before);
  });

  it('[17] keeps __proto__ an own key', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    const message = foldWire([
      messageStart({ usage: hostile, ...hostile }),
      blockStart(0, { type: 'text', text: '', ...hostile }),
      messageDelta('end_turn', hostile),
      messageStop,
    ]);
    expect(JSON.stringify(message).match(/__proto__/g)).toHaveLength(3);
    expect((message as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

for (const path of realRecordings()) {
  it(`folds ${basename(path)}, every input an object`, () => {
    for (const message of splitMessages(readRecording(path))) {
      const content = foldWire(message.map(eventOf))?.['content'] as { input?: unknown }[];
      for (const { input = {} } of content) expect(typeof input).toBe('object');
      expect(content.length).toBeGreaterThanOrEqual(path.includes('refusal') ? 0 : 1);
    }
  });
}
