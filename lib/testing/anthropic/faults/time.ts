import { GOOD } from '../recordings/good-answer.js';
import { ping, textDelta } from '../wire-event.js';
import { fault } from './fault.js';

/** Servers that keep a client waiting. The connection stays open until the client leaves. */
export const timeFaults = {
  'no-headers': fault({
    doc: 'The request is taken and never answered.',
    cases: ['T054', 'T062'],
    play: (stage) => stage.silence(),
  }),
  'slow-headers': fault({
    doc: 'GOOD after `ms` milliseconds without a byte, not even the head.',
    cases: ['T054'],
    params: { ms: 1000 },
    play: async (stage, { ms }) => (await stage.exchange.wait(ms)) && stage.stream(GOOD),
  }),
  stall: fault({
    doc: 'The first `events` events of GOOD (0: only the head), then silence.',
    cases: ['T055', 'T062'],
    params: { events: 4 },
    play: async (stage, { events }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      await stage.silence();
    },
  }),
  'stall-at': fault({
    doc: 'The first `bytes` bytes of GOOD, then silence: in the middle of a line, a character, wherever.',
    cases: ['T055'],
    params: { bytes: 500 },
    play: async (stage, { bytes }) => {
      stage.open();
      await stage.send([stage.body(GOOD).subarray(0, bytes)]);
      await stage.silence();
    },
  }),
  pause: fault({
    doc: 'GOOD with a pause of `ms` milliseconds after its first `events` events.',
    cases: ['T055', 'T058'],
    params: { events: 4, ms: 1000 },
    play: async (stage, { events, ms }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      await stage.exchange.wait(ms);
      await stage.send(GOOD.slice(events));
      await stage.exchange.end();
    },
  }),
  'ping-drip': fault({
    doc: 'The first `events` events of GOOD, then a ping every `ms` milliseconds for ever.',
    cases: ['T056'],
    params: { events: 4, ms: 300 },
    play: async (stage, { events, ms }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      while (await stage.drip([ping], ms));
    },
  }),
  'comment-drip': fault({
    doc: 'The first `events` events of GOOD, then a comment line every `ms` milliseconds for ever: bytes, but no event.',
    cases: ['T056'],
    params: { events: 4, ms: 300 },
    play: async (stage, { events, ms }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      while (await stage.drip([':\n'], ms));
    },
  }),
  drip: fault({
    doc: 'A message that goes on for ever, in good health: a text delta every `ms` milliseconds.',
    cases: ['T057', 'T058', 'T063', 'T064'],
    params: { ms: 100 },
    play: async (stage, { ms }) => {
      stage.open();
      await stage.send(GOOD.slice(0, 2));
      while (await stage.drip([textDelta(0, 'drop ')], ms));
    },
  }),
  'slow-bytes': fault({
    doc: 'GOOD with a pause of `ms` milliseconds after every byte.',
    cases: ['T002', 'T057'],
    params: { ms: 1 },
    play: async (stage, { ms }) => {
      stage.open();
      const bytes = Array.from(stage.body(GOOD), (byte) => Uint8Array.of(byte));
      await stage.drip(bytes, ms);
      await stage.exchange.end();
    },
  }),
};
