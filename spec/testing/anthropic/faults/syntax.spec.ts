import { encodeBody } from '../../../../lib/testing/http/frame.js';
import { syntaxFaults } from '../../../../lib/testing/anthropic/faults/syntax.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { eventsIn, textIn, type RawAnswer } from '../../raw-client.js';
import { HELLO, playFaults } from '../../faults/play-faults.js';

const body = encodeBody(GOOD);

const isGood = (answer: RawAnswer) => {
  expect(answer).toMatchObject({ status: 200, ending: 'complete' });
  expect(eventsIn(answer.body)).toEqual(GOOD);
};

const lines = (answer: RawAnswer) => answer.body.toString().split('\n');

const endsOnlyWith = (pattern: RegExp) => (answer: RawAnswer) => {
  isGood(answer);
  expect(answer.body.toString().replace(pattern, '')).not.toMatch(/[\r\n]/);
};

playFaults(syntaxFaults, [
  [
    'good',
    {},
    {},
    (answer) => {
      expect(answer.body).toEqual(body);
    },
  ],
  [
    'good',
    {},
    { body: {} },
    ({ body }) => {
      expect(JSON.parse(body.toString())).toMatchObject({ content: [{ text: HELLO }] });
    },
  ],
  [
    'newlines',
    { kind: 'lf' },
    {},
    (answer) => {
      expect(answer.body).toEqual(body);
    },
  ],
  ['newlines', { kind: 'crlf' }, {}, endsOnlyWith(/\r\n/g)],
  ['newlines', { kind: 'cr' }, {}, endsOnlyWith(/\r/g)],
  [
    'newlines',
    { kind: 'mixed' },
    {},
    ({ body }) => {
      const text = body.toString();
      expect(text).toMatch(/[^\r]\n/);
      expect(text).toMatch(/\r\n/);
      expect(text).toMatch(/\r[^\n]/);
      expect(text.replaceAll(/\r\n|\r|\n/g, '\n')).toBe(Buffer.from(encodeBody(GOOD)).toString());
    },
  ],
  [
    'byte-by-byte',
    {},
    {},
    (answer) => {
      isGood(answer);
      expect(answer.pieces).toHaveLength(body.length);
    },
  ],
  [
    'split-at',
    { bytes: 9 },
    {},
    (answer) => {
      isGood(answer);
      expect(answer.pieces.map(({ length }) => length)).toEqual([9, body.length - 9]);
    },
  ],
  [
    'comments',
    { count: 1000 },
    {},
    (answer) => {
      isGood(answer);
      expect(lines(answer).filter((line) => line.startsWith(':')).length).toBeGreaterThan(1000);
    },
  ],
  [
    'leading-bom',
    {},
    {},
    ({ body }) => {
      expect(body.toString()).toMatch(/^\uFEFFevent/);
    },
  ],
  [
    'leading-bom',
    { count: 2 },
    {},
    ({ body }) => {
      expect(body.toString()).toMatch(/^\uFEFF{2}event/);
    },
  ],
  [
    'stray-bom',
    {},
    {},
    (answer) => {
      isGood(answer);
      expect(lines(answer)).toContain('\uFEFFevent: content_block_delta');
    },
  ],
  [
    'stray-bom',
    { line: 'data' },
    {},
    ({ body }) => {
      expect(textIn(body)).toBe('Hello🌍👩‍🚀!');
    },
  ],
  [
    'no-event-lines',
    {},
    {},
    (answer) => {
      isGood(answer);
      expect(answer.body.toString()).not.toContain('event:');
    },
  ],
  [
    'pretty-printed',
    {},
    {},
    (answer) => {
      isGood(answer);
      expect(lines(answer)).toContain('data:   "type": "message_stop"');
    },
  ],
  [
    'odd-fields',
    {},
    {},
    (answer) => {
      isGood(answer);
      expect(lines(answer)).toEqual(expect.arrayContaining(['id: 7', 'retry: soon', 'future: 1']));
    },
  ],
  [
    'no-final-blank-line',
    {},
    {},
    ({ body: cut }) => {
      expect(cut).toEqual(without(1));
    },
  ],
  [
    'no-final-blank-line',
    { newlines: 0 },
    {},
    ({ body: cut }) => {
      expect(cut).toEqual(without(2));
    },
  ],
]);

function without(missing: number): Buffer {
  return Buffer.from(body.subarray(0, body.length - missing));
}
