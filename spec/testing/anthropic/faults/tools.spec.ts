import { toolFaults } from '../../../../lib/testing/anthropic/faults/tools.js';
import { eventsIn } from '../../raw-client.js';
import { playFaults } from '../../faults/play-faults.js';

const json = (body: Buffer): string[] =>
  eventsIn(body).flatMap(
    ({ delta }) => (delta as { partial_json?: string } | undefined)?.partial_json ?? [],
  );

const last = (body: Buffer) => eventsIn(body).at(-1)?.['type'];

playFaults(toolFaults, [
  [
    'tool-call',
    {},
    {},
    ({ body }) => {
      expect(json(body).slice(0, 3)).toEqual(['', '{"pa', 'th":']);
      expect(JSON.parse(json(body).join(''))).toEqual({ path: 'a.txt', mode: 'read' });
      expect(eventsIn(body).at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
    },
  ],
  [
    'tool-call',
    { name: '__proto__' },
    {},
    ({ body }) => {
      expect(eventsIn(body)).toContainEqual(
        expect.objectContaining({ content_block: expect.objectContaining({ name: '__proto__' }) }),
      );
    },
  ],
  [
    'tool-no-args',
    {},
    {},
    ({ body }) => {
      expect(json(body)).toEqual([]);
      expect(eventsIn(body).filter(({ index }) => index === 1)).toHaveLength(2);
    },
  ],
  [
    'tool-cut',
    {},
    {},
    ({ body, ending }) => {
      expect(ending).toBe('complete');
      expect(json(body).join('')).toBe('{"path":"a.txt","mode":"rec');
      expect(last(body)).toBe('content_block_delta');
    },
  ],
  [
    'tool-json',
    {},
    {},
    ({ body }) => {
      expect(json(body)).toEqual(['{"a"', ':1,}', '}}']);
    },
  ],
  [
    'tool-json',
    { json: '' },
    {},
    ({ body }) => {
      expect(json(body)).toEqual([]);
      expect(last(body)).toBe('message_stop');
    },
  ],
  [
    'tool-deep',
    {},
    {},
    ({ body }) => {
      expect(json(body).join('')).toBe(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
      expect(last(body)).toBe('message_stop');
    },
  ],
  [
    'tool-deep',
    { depth: 10, closed: 0 },
    {},
    ({ body }) => {
      expect(json(body).join('')).toBe('{"a":[[[[[[[[[[');
    },
  ],
  [
    'tool-large',
    {},
    {},
    ({ body }) => {
      const text = json(body).join('');
      expect(text).toHaveLength(4 * 1024 * 1024 + 1);
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    },
  ],
]);
