import { ollamaWire, openaiChatWire, openaiResponsesWire } from 'rxlm/testing';
import { faultWireOf, ownWire } from '../../../../lib/testing/anthropic/faults/fault-wire.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { errorEvent, ping, textDelta } from '../../../../lib/testing/anthropic/wire-event.js';

const unpadded = () => 0;
const wires = { openaiChatWire, openaiResponsesWire, ollamaWire };

describe.each(Object.entries(wires))('%s', (_, wire) => {
  const faults = faultWireOf(wire);
  const write = (event: (typeof GOOD)[number]) =>
    Buffer.from(faults.encode(event, unpadded)).toString();

  it('writes GOOD as the answer of its five texts, with the ping between', () => {
    const { frames } = wire.answer({
      text: ['Hel', 'lo', ' wörld ', '🌍👩‍🚀', '!'],
      usage: { input: 3, output: 7 },
    });
    expect(
      GOOD.map(write)
        .join('')
        .replace(wire.ping ?? '@', ''),
    ).toBe(frames.join(''));
  });

  it('has one frame for a text, whatever it is', () => {
    const text = '"$&\\\n🌍';
    expect(write(textDelta(0, text))).toContain(JSON.stringify(text).slice(1, -1));
  });

  it('writes its own pings, errors and refusals', () => {
    expect(write(ping)).toBe(wire.ping ?? '');
    expect(write(errorEvent('overloaded_error', 'Busy'))).toBe(wire.error('Busy'));
    expect(faults.refusal(529, 'overloaded_error', 'Busy', 'req')).toEqual(
      wire.refusal(529, 'Busy'),
    );
    expect(faults.headers['content-type']).toBe(wire.mediaType ?? 'text/event-stream');
  });
});

it('refuses a wire that hides the text', () => {
  const wire = { ...ollamaWire, answer: () => ({ frames: ['{}\n'], proof: 0 }) };
  expect(() => faultWireOf(wire)).toThrow(TypeError);
});

it('writes its own events with padding', () => {
  expect(Buffer.from(ownWire.encode(ping, () => 0.2)).toString()).toBe(
    'event: ping\ndata: {"type":"ping"   }\n\n',
  );
});
