import { GOOD } from '../recordings/good-answer.js';
import { fault } from './fault.js';
import type { Stage } from './fault-exchange.js';

const head = (stage: Stage) =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${stage.wire.headers['content-type'] ?? ''}\r\n`;

const begin = (stage: Stage) => stage.body(GOOD.slice(0, 3)).toString('utf8');

const say = (stage: Stage, text: string): Promise<void> => {
  stage.exchange.writeRaw(text);
  return stage.exchange.hangUp();
};

/** Connections that break before there is an answer, and answers that are no HTTP. */
export const connectionFaults = {
  'reset-before-headers': fault({
    doc: 'The connection breaks (RST) when the request has arrived.',
    cases: ['T051'],
    play: (stage) => stage.exchange.reset(),
  }),
  'hang-up-before-headers': fault({
    doc: 'The server closes (FIN) when the request has arrived, without an answer.',
    cases: ['T051'],
    play: (stage) => stage.exchange.hangUp(),
  }),
  'not-http': fault({
    doc: 'An answer that is not HTTP.',
    cases: ['T051'],
    play: (stage) => say(stage, '220 smtp.example ready\r\n'),
  }),
  'huge-headers': fault({
    doc: 'A head with one header of `bytes` bytes.',
    cases: ['T051'],
    params: { bytes: 100_000 },
    play: (stage, { bytes }) => stage.stream(GOOD, { 'x-huge': 'x'.repeat(bytes) }),
  }),
  'bad-chunk': fault({
    doc: 'GOOD to "Hel", then a chunk of the transfer encoding whose size is no number.',
    cases: ['T024'],
    play: (stage) => {
      const body = begin(stage);
      const size = Buffer.byteLength(body).toString(16);
      return say(
        stage,
        `${head(stage)}transfer-encoding: chunked\r\n\r\n${size}\r\n${body}\r\nlarge\r\n`,
      );
    },
  }),
  'short-body': fault({
    doc: 'GOOD to "Hel", then a close (FIN), under a content-length that promised more.',
    cases: ['T024'],
    play: (stage) => say(stage, `${head(stage)}content-length: 100000\r\n\r\n${begin(stage)}`),
  }),
};
