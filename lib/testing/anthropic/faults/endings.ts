import { GOOD, goodStart } from '../recordings/good-answer.js';
import { errorEvent, messageStop, ping, textDelta } from '../wire-event.js';
import { fault } from './fault.js';

/** Bodies that end too early, in the wrong way, or too late. */
export const endingFaults = {
  'empty-body': fault({
    doc: 'Status 200, an event stream by its head, and a body without a byte.',
    cases: ['T023'],
    play: (stage) => stage.stream([]),
  }),
  'end-after': fault({
    doc: 'The first `events` events of GOOD, then a clean end of the body.',
    cases: ['T022'],
    params: { events: 3 },
    play: (stage, { events }) => stage.stream(GOOD.slice(0, events)),
  }),
  'cut-at': fault({
    doc: 'The first `bytes` bytes of GOOD (a negative number counts from its end), then a clean end of the body.',
    cases: ['T006', 'T025'],
    params: { bytes: -5 },
    play: (stage, { bytes }) => stage.stream([stage.body(GOOD).subarray(0, bytes)]),
  }),
  'cut-in-character': fault({
    doc: 'GOOD to the middle of the four bytes of its "🌍", then a clean end of the body.',
    cases: ['T025'],
    play: (stage) => {
      const body = stage.body(GOOD);
      return stage.stream([body.subarray(0, body.indexOf('🌍') + 2)]);
    },
  }),
  reset: fault({
    doc: 'The first `events` events of GOOD, then the connection breaks (RST).',
    cases: ['T024', 'T052'],
    params: { events: 3 },
    play: async (stage, { events }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      await stage.exchange.reset();
    },
  }),
  'hang-up': fault({
    doc: 'The first `events` events of GOOD, then the server closes (FIN) in the middle of the body.',
    cases: ['T024', 'T052'],
    params: { events: 3 },
    play: async (stage, { events }) => {
      stage.open();
      await stage.send(GOOD.slice(0, events));
      await stage.exchange.hangUp();
    },
  }),
  'no-message-delta': fault({
    doc: 'GOOD without its message_delta: no stop reason and no final usage.',
    cases: ['T034'],
    play: (stage) => stage.stream(GOOD.toSpliced(9, 1)),
  }),
  'no-block-stop': fault({
    doc: 'GOOD without its content_block_stop: message_stop comes while the block is open.',
    cases: ['T032'],
    play: (stage) => stage.stream(GOOD.toSpliced(8, 1)),
  }),
  'after-stop': fault({
    doc: 'GOOD, and after its message_stop a delta, an error, data that is not JSON, a ping and a second message_stop.',
    cases: ['T028'],
    play: (stage) =>
      stage.stream([
        ...GOOD,
        textDelta(0, ' and more'),
        errorEvent('api_error', 'too late'),
        'event: content_block_delta\ndata: {\n\n',
        ping,
        messageStop,
      ]),
  }),
  'second-message': fault({
    doc: 'GOOD twice in one body, the second time under another id.',
    cases: ['T028'],
    play: (stage) => stage.stream([...GOOD, goodStart('msg_second'), ...GOOD.slice(1)]),
  }),
  'keep-open': fault({
    doc: 'GOOD to its end, but the body never ends: the connection stays open and silent.',
    cases: ['T028', 'T055'],
    play: async (stage) => {
      stage.open();
      await stage.send(GOOD);
      await stage.silence();
    },
  }),
  'noise-after-stop': fault({
    doc: 'GOOD, and after its message_stop a ping every `ms` milliseconds for ever; with 0, pings as fast as they are read.',
    cases: ['T028'],
    params: { ms: 10 },
    play: async (stage, { ms }) => {
      stage.open();
      await stage.send(GOOD);
      if (ms === 0) await stage.pour(Buffer.concat(Array(100).fill(stage.encode(ping))));
      while (await stage.drip([ping], ms));
    },
  }),
};
