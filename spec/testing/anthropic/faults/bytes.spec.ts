import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { byteFaults } from '../../../../lib/testing/anthropic/faults/bytes.js';
import { encodeBody } from '../../../../lib/testing/http/frame.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { textIn } from '../../raw-client.js';
import { HELLO, playFaults } from '../../faults/play-faults.js';

const good = Buffer.from(encodeBody(GOOD));

playFaults(byteFaults, [
  [
    'invalid-utf8',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe('Hello w\uFFFDrld 🌍👩‍🚀!');
      expect(body).toContain(0xff);
    },
  ],
  [
    'lone-surrogate',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe(`${HELLO}\ud83d`);
    },
  ],
  [
    'content-type',
    {},
    {},
    ({ headers, body }) => {
      expect(headers['content-type']).toBe('text/html');
      expect(textIn(body)).toBe(HELLO);
    },
  ],
  [
    'content-type',
    { type: 'Text/Event-Stream; Charset=UTF-8' },
    {},
    ({ headers }) => {
      expect(headers['content-type']).toBe('Text/Event-Stream; Charset=UTF-8');
    },
  ],
  [
    'content-type',
    { type: '' },
    {},
    ({ headers }) => {
      expect(headers).not.toHaveProperty('content-type');
    },
  ],
  [
    'encoded',
    {},
    {},
    ({ headers, body }) => {
      expect(headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(body)).toEqual(good);
    },
  ],
  [
    'encoded',
    { encoding: 'br' },
    {},
    ({ headers, body }) => {
      expect(headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(body)).toEqual(good);
    },
  ],
  [
    'encoded',
    { encoding: 'deflate' },
    {},
    ({ body }) => {
      expect(inflateSync(body)).toEqual(good);
    },
  ],
  [
    'encoded-cut',
    {},
    {},
    ({ body, ending }) => {
      expect(ending).toBe('complete');
      expect(() => gunzipSync(body)).toThrow('unexpected end of file');
    },
  ],
  [
    'encoding-mismatch',
    {},
    {},
    ({ headers, body }) => {
      expect(headers['content-encoding']).toBe('gzip');
      expect(body).toEqual(good);
    },
  ],
]);
