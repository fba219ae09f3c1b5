import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { GOOD } from '../recordings/good-answer.js';
import { textDelta } from '../wire-event.js';
import { choose, fault } from './fault.js';

const encoders = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

/** Faults below the event stream: its characters, its encoding, what it calls itself. */
export const byteFaults = {
  'invalid-utf8': fault({
    doc: 'GOOD with the byte FF, which UTF-8 never has, in place of its "ö".',
    cases: ['T014'],
    play: (stage) => {
      const body = stage.body(GOOD);
      const at = body.indexOf('ö');
      return stage.stream([body.subarray(0, at), Uint8Array.of(0xff), body.subarray(at + 2)]);
    },
  }),
  'lone-surrogate': fault({
    doc: 'GOOD with half a surrogate pair, as a JSON escape, at the end of its text.',
    cases: ['T014'],
    play: (stage) => {
      const frame = stage.body([textDelta(0, '@')], () => 0).toString();
      return stage.stream([
        ...GOOD.slice(0, 8),
        frame.replace('@', String.raw`\ud83d`),
        ...GOOD.slice(8),
      ]);
    },
  }),
  'content-type': fault({
    doc: 'GOOD under another content type. `type`: the header; empty for none.',
    cases: ['T013'],
    params: { type: 'text/html' },
    play: async (stage, { type }) => {
      stage.exchange.head(200, type === '' ? {} : { 'content-type': type });
      await stage.send(GOOD);
      await stage.exchange.end();
    },
  }),
  encoded: fault({
    doc: 'GOOD, compressed. `encoding`: gzip, br, deflate.',
    cases: ['T011'],
    params: { encoding: 'gzip' },
    play: (stage, { encoding }) =>
      stage.stream([choose(encoders, encoding)(stage.body(GOOD))], {
        'content-encoding': encoding,
      }),
  }),
  'encoded-cut': fault({
    doc: 'The first half of the compressed bytes of GOOD, then a clean end. `encoding`: gzip, br, deflate.',
    cases: ['T011', 'T022'],
    params: { encoding: 'gzip' },
    play: (stage, { encoding }) => {
      const bytes = choose(encoders, encoding)(stage.body(GOOD));
      return stage.stream([bytes.subarray(0, bytes.length / 2)], { 'content-encoding': encoding });
    },
  }),
  'encoding-mismatch': fault({
    doc: 'GOOD in plain text under a head that says it is compressed. `encoding`: gzip, br, deflate.',
    cases: ['T011'],
    params: { encoding: 'gzip' },
    play: (stage, { encoding }) => stage.stream(GOOD, { 'content-encoding': encoding }),
  }),
};
