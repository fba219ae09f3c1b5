import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { encodeFrame, type SseFrame } from '../../../lib/sse/frames/sse-frame.js';

/** What a parser that is not ours sees. */
function parsed(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

describe('encodeFrame', () => {
  it('writes each field on its lines', () => {
    expect(encodeFrame({ event: 'end', id: '3', retry: 10, data: 'a\nb', comment: 'c' })).toBe(
      ': c\nevent: end\nid: 3\nretry: 10\ndata: a\ndata: b\n\n',
    );
    expect(encodeFrame({ comment: 'ping' })).toBe(': ping\n\n');
  });

  it('(T086) refuses an event and an id of a thousand characters', () => {
    for (const name of ['event', 'id'] as const)
      expect(() => encodeFrame({ [name]: 'x'.repeat(1000), data: '1' })).toThrow(
        new RegExp(`the ${name} of an event must be one line of text of at most 256 characters`),
      );
  });

  it.each(['\r', '\n', '\r\n', '\0'])('(T086) refuses %j in an event and in an id', (end) => {
    for (const name of ['event', 'id'] as const)
      expect(() => encodeFrame({ [name]: `a${end}data: forged`, data: '1' })).toThrow(
        new RegExp(`the ${name} of an event must be one line`),
      );
  });

  it.each([-1, 1.5, NaN, '5\ndata: forged'])('(T086) refuses %j as retry', (retry) => {
    expect(() => encodeFrame({ retry: retry as number })).toThrow(TypeError);
  });

  it('(T086, T087) is read as it was meant by another parser, whatever is in it', () => {
    const line = fc
      .string({ unit: 'binary', minLength: 1 })
      .map((text) => text.replace(/[\r\n\0]/g, ''));
    const frame: fc.Arbitrary<SseFrame> = fc.record(
      {
        event: line,
        id: line,
        data: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .array(fc.constantFrom('a', '\r', '\n', '\r\n', '\u2028', '\0', 'data: x', ':'))
            .map((parts) => parts.join('')),
        ),
        comment: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: ['data'] },
    );
    fc.assert(
      fc.property(frame, (given) => {
        const { event, id, data = '' } = given;
        const [seen, ...more] = parsed(encodeFrame(given));
        expect(more).toEqual([]);
        expect(seen?.data).toBe(data.replace(/\r\n|\r/g, '\n'));
        expect(seen?.event ?? '').toBe(event ?? '');
        expect(seen?.id ?? '').toBe(id ?? '');
      }),
      { numRuns: 1000 },
    );
  });
});
