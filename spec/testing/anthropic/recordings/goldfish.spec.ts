import { foldWire } from '../../../../lib/testing/anthropic/fold-wire.js';
import { eventOf, readRecording } from '../../../../lib/testing/anthropic/recording.js';
import {
  goldfishAsync,
  goldfishJs,
  goldfishSync,
} from '../../../../lib/testing/anthropic/recordings/goldfish.js';
import { besideProject } from '../../real-recordings.js';
import type { WireEvent } from '../../../../lib/testing/anthropic/wire-event.js';

const verses = [
  { name: 'sync', events: goldfishSync, tokens: 54, output: 73, end: ' the lunar sea.' },
  { name: 'async', events: goldfishAsync, tokens: 61, output: 73, end: " dream's unfurled." },
  { name: 'js', events: goldfishJs, tokens: 51, output: 98, end: ' with such fishy grace' },
];

const withoutId = (event: WireEvent) =>
  event.type === 'message_start'
    ? { ...event, message: { ...(event['message'] as object), id: '' } }
    : event;

describe.each(verses)('the $name verse', ({ name, events, tokens, output, end }) => {
  it(`is reported in ${tokens} tokens`, () => {
    const deltas = events.filter(({ type }) => type === 'content_block_delta');
    expect(deltas).toHaveLength(tokens);
  });

  it(`[15] counts 21 tokens in, 2 out at the start and ${output} at the end`, () => {
    expect(events[0]).toMatchObject({
      message: { usage: { input_tokens: 21, output_tokens: 2 } },
    });
    expect(foldWire(events)).toMatchObject({ usage: { input_tokens: 21, output_tokens: output } });
  });

  it('is a verse', () => {
    const content = foldWire(events)?.['content'] as { text: string }[];
    expect(content).toHaveLength(1);
    expect(content[0]!.text).toMatch(
      /^Here('s| is) a (1|one)[- ]verse song about goldfish on the moon:\n\n/,
    );
    expect(content[0]!.text.endsWith(end)).toBe(true);
  });

  it('is the recording beside the project, where there is one', () => {
    const path = besideProject(`goldfish-${name}.ndjson`);
    const expected = path === undefined ? events : readRecording(path).map(eventOf);
    expect(events.map(withoutId)).toEqual(expected.map(withoutId));
  });
});
