import { connectionFaults } from '../../../../lib/testing/anthropic/faults/connection.js';
import { textIn } from '../../raw-client.js';
import { playFaults, type Row } from '../../faults/play-faults.js';

const breaks = (name: Row[0], code: string, text = ''): Row => [
  name,
  {},
  {},
  async ({ ending, body }, server) => {
    expect(ending).toBe(code);
    expect(textIn(body)).toBe(text);
    expect((await server.requests[0]!.closed).by).toBe('server');
  },
];

playFaults(connectionFaults, [
  breaks('reset-before-headers', 'ECONNRESET'),
  breaks('hang-up-before-headers', 'ECONNRESET'),
  breaks('not-http', 'HPE_INVALID_CONSTANT'),
  [
    'huge-headers',
    {},
    {},
    ({ status, ending }) => {
      expect([status, ending]).toEqual([0, 'HPE_HEADER_OVERFLOW']);
    },
  ],
  breaks('bad-chunk', 'HPE_INVALID_CHUNK_SIZE', 'Hel'),
  breaks('short-body', 'ECONNRESET', 'Hel'),
]);
