import { cut } from '../../http/chunking.js';
import { GOOD } from '../recordings/good-answer.js';
import { ping } from '../wire-event.js';
import { choose, fault } from './fault.js';
import type { Stage } from './fault-exchange.js';

const goodText = (stage: Stage) => stage.body(GOOD).toString('utf8');

const unpadded = (stage: Stage) => stage.body(GOOD, () => 0).toString('utf8');

const newlines = {
  lf: ['\n'],
  crlf: ['\r\n'],
  cr: ['\r'],
  // In this order no CR stands before an LF that is meant to be another line's end.
  mixed: ['\n', '\r\n', '\r', '\r\n'],
};

/** Odd but lawful ways to write an event stream, and a few that lose an event. */
export const syntaxFaults = {
  good: fault({
    doc: 'No fault: GOOD as the service sends it; whole, as JSON, for a request that wants no stream.',
    cases: ['T002'],
    play: (stage) => stage.good(),
  }),
  newlines: fault({
    doc: 'GOOD with its lines ended by LF, CRLF, CR or all three in turn. `kind`: lf, crlf, cr, mixed.',
    cases: ['T002'],
    params: { kind: 'crlf' },
    play: (stage, { kind }) => {
      const ends = choose(newlines, kind);
      let line = 0;
      return stage.stream([
        goodText(stage).replaceAll('\n', () => ends[line++ % ends.length] ?? '\n'),
      ]);
    },
  }),
  'byte-by-byte': fault({
    doc: 'GOOD with one socket write a byte.',
    cases: ['T002'],
    play: (stage) => stage.stream([...cut([stage.body(GOOD)], 'byte')]),
  }),
  'split-at': fault({
    doc: 'GOOD in two socket writes, parted after `bytes` bytes.',
    cases: ['T001', 'T002'],
    params: { bytes: 100 },
    play: (stage, { bytes }) => {
      const body = stage.body(GOOD);
      return stage.stream([body.subarray(0, bytes), body.subarray(bytes)]);
    },
  }),
  comments: fault({
    doc: 'GOOD with a comment before every line and `count` more spread between the events.',
    cases: ['T003'],
    params: { count: 1000 },
    play: (stage, { count }) => {
      const between = ': waiting\n\n'.repeat(Math.ceil(count / GOOD.length));
      return stage.stream([
        goodText(stage)
          .replaceAll('event: ', () => `${between}: next\nevent: `)
          .replaceAll('\ndata: ', '\n:\ndata: '),
      ]);
    },
  }),
  'leading-bom': fault({
    doc: 'GOOD behind `count` byte order marks; the second makes an unknown field of the first line.',
    cases: ['T001'],
    params: { count: 1 },
    play: (stage, { count }) => stage.stream(['\uFEFF'.repeat(count), ...GOOD]),
  }),
  'stray-bom': fault({
    doc: 'A byte order mark in front of a line inside GOOD, which makes its field an unknown one. `line`: event (only the type is lost), data (the delta " wörld " is lost).',
    cases: ['T001'],
    params: { line: 'event' },
    play: (stage, { line }) => {
      const field = choose({ event: 'event: ', data: 'data: ' }, line);
      const frame = Buffer.from(stage.encode(GOOD[5] ?? ping)).toString('utf8');
      return stage.stream([
        ...GOOD.slice(0, 5),
        frame.replace(field, `\uFEFF${field}`),
        ...GOOD.slice(6),
      ]);
    },
  }),
  'no-event-lines': fault({
    doc: 'GOOD without its `event:` lines; only the JSON tells the type.',
    cases: ['T004'],
    play: (stage) => stage.stream([unpadded(stage).replaceAll(/^event: .*\n/gm, '')]),
  }),
  'pretty-printed': fault({
    doc: 'GOOD with its JSON indented, over many `data:` lines an event.',
    cases: ['T005'],
    play: (stage) =>
      stage.stream([
        unpadded(stage).replaceAll(/^data: (\{.*)$/gm, (_, json: string) =>
          JSON.stringify(JSON.parse(json), null, 2).replaceAll(/^/gm, 'data: '),
        ),
      ]),
  }),
  'odd-fields': fault({
    doc: 'GOOD with ids, retry times and unknown fields in every event.',
    cases: ['T001'],
    play: (stage) =>
      stage.stream([
        goodText(stage).replaceAll(
          'event: ',
          'id: 7\nretry: 10\nretry: soon\nfuture: 1\nword\n x: y\nevent: ',
        ),
      ]),
  }),
  'no-final-blank-line': fault({
    doc: 'GOOD without the blank line after message_stop. `newlines`: how many of the two last line ends are left, 1 or 0.',
    cases: ['T006'],
    params: { newlines: 1 },
    play: (stage, { newlines: left }) =>
      stage.stream([`${goodText(stage).trimEnd()}${'\n'.repeat(left)}`]),
  }),
};
