import { eventFaults } from '../../../../lib/testing/anthropic/faults/events.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { HELLO, playFaults } from '../../faults/play-faults.js';

playFaults(eventFaults, [
  [
    'unknown-event',
    {},
    {},
    ({ body }) => {
      const future = { type: 'future_event', note: 'not yet invented' };
      expect(eventsIn(body)).toEqual(GOOD.toSpliced(5, 0, future));
    },
  ],
  [
    'unknown-event',
    { before: 0, type: 'greeting', data: 'hi there' },
    {},
    ({ body }) => {
      expect(body.toString()).toMatch(/^event: greeting\ndata: hi there\n\nevent: message_start/);
    },
  ],
  [
    'unknown-block',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe(HELLO);
      expect(eventsIn(body).filter(({ index }) => index === 1)).toEqual([
        expect.objectContaining({ content_block: { type: 'hologram', beams: 3 } }),
        expect.objectContaining({ delta: { type: 'hologram_delta', beam: 'violet' } }),
        { type: 'content_block_stop', index: 1 },
      ]);
    },
  ],
  [
    'unknown-delta',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe(HELLO);
      expect(eventsIn(body)[5]).toMatchObject({ index: 0, delta: { type: 'sparkle_delta' } });
    },
  ],
  [
    'unknown-stop-reason',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)[9]).toMatchObject({ delta: { stop_reason: 'tired' } });
    },
  ],
  [
    'pings',
    { count: 300 },
    {},
    ({ body }) => {
      const events = eventsIn(body);
      expect(textIn(body)).toBe(HELLO);
      expect(events[0]).toEqual({ type: 'ping' });
      expect(events.filter(({ type }) => type === 'ping').length).toBeGreaterThanOrEqual(300);
    },
  ],
  [
    'error-first',
    {},
    {},
    ({ status, body }) => {
      expect(status).toBe(200);
      expect(eventsIn(body)).toEqual([
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      ]);
    },
  ],
  [
    'error-after',
    { type: 'api_error', message: 'Oops' },
    {},
    ({ body }) => {
      expect(textIn(body)).toBe('Hel');
      expect(eventsIn(body)[3]).toEqual({
        type: 'error',
        error: { type: 'api_error', message: 'Oops' },
      });
    },
  ],
  [
    'error-not-json',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe('Hel');
      expect(body.toString()).toContain('event: error\ndata: upstream!');
      expect(dataOf(body).at(-1)).toHaveLength(2000);
    },
  ],
  [
    'invalid-json',
    {},
    {},
    ({ body }) => {
      expect(dataOf(body)).toHaveLength(GOOD.length + 1);
      expect(dataOf(body)[5]).toMatch(/"private$/);
    },
  ],
  [
    'invalid-json',
    { data: 'NaN' },
    {},
    ({ body }) => {
      expect(dataOf(body)[5]).toBe('NaN');
    },
  ],
  [
    'no-json-type',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body).some((event) => 'type' in event)).toBe(false);
      expect(textIn(body)).toBe(HELLO);
      expect(body.toString()).toContain('event: message_stop\ndata: {}\n\n');
    },
  ],
]);
