import { apiKeyOf } from '../messages-endpoint.js';
import { giveReply } from '../reply.js';
import { errorEvent } from '../wire-event.js';
import { choose, fault } from './fault.js';
import type { Stage } from './fault-exchange.js';

const html = { 'content-type': 'text/html; charset=utf-8' };

const page = (title: string, bytes: number): string => {
  const [before, after] = [`<!doctype html><title>${title}</title><p>`, '</p>\n'];
  return before + 'x'.repeat(Math.max(0, bytes - before.length - after.length)) + after;
};

const told = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

const echoes: Readonly<Record<string, (stage: Stage, echo: string) => Promise<unknown>>> = {
  body: (stage, echo) => stage.refuse(401, echo),
  header: (stage, echo) => stage.refuse(401, 'invalid key', { 'x-echo': echo }),
  stream: (stage, echo) => stage.stream([errorEvent('authentication_error', echo)]),
};

/** Answers with an error's status. */
export const statusFaults = {
  status: fault({
    doc: 'An error as the service shapes it, with status `code`. `type`, `retry-after`, `retry-after-ms` and `should-retry` (x-should-retry) may be given; an empty one is left out.',
    cases: ['T045', 'T046', 'T047', 'T049', 'T053'],
    params: {
      code: 529,
      type: '',
      message: 'No',
      'retry-after': '',
      'retry-after-ms': '',
      'should-retry': '',
    },
    play: (stage, { code, type, message, ...headers }) =>
      stage.refuse(
        code,
        message,
        told({
          'retry-after': headers['retry-after'],
          'retry-after-ms': headers['retry-after-ms'],
          'x-should-retry': headers['should-retry'],
        }),
        type === '' ? undefined : type,
      ),
  }),
  'html-error': fault({
    doc: "A proxy's error page of `bytes` bytes of HTML, with status `code`.",
    cases: ['T048'],
    params: { code: 503, bytes: 100_000 },
    play: (stage, { code, bytes }) =>
      giveReply(
        stage.exchange,
        { status: code, headers: html, body: page('Service Unavailable', bytes) },
        stage.playback,
      ),
  }),
  'login-page': fault({
    doc: 'Status 200 and the HTML of a log-in page, as captive portals and proxies send it.',
    cases: ['T013'],
    play: (stage) =>
      giveReply(stage.exchange, { headers: html, body: page('Log in', 2000) }, stage.playback),
  }),
  'json-body': fault({
    doc: 'Status 200 and a JSON object although a stream was asked for.',
    cases: ['T013'],
    play: (stage) => giveReply(stage.exchange, { body: { ok: true } }, stage.playback),
  }),
  'no-content': fault({
    doc: 'Status 204, no body.',
    cases: ['T013', 'T023'],
    play: (stage) => giveReply(stage.exchange, { status: 204 }, stage.playback),
  }),
  'endless-error-body': fault({
    doc: 'Status `code` and a body that never ends, at full speed.',
    cases: ['T048'],
    params: { code: 500 },
    play: async (stage, { code }) => {
      stage.exchange.head(code, { 'content-type': 'text/plain' });
      await stage.pour(Buffer.alloc(64 * 1024, 'x'));
    },
  }),
  'stalled-error-body': fault({
    doc: 'Status `code`, the beginning of a JSON body, and then silence.',
    cases: ['T048', 'T054'],
    params: { code: 500 },
    play: async (stage, { code }) => {
      stage.exchange.head(code, { 'content-type': 'application/json' });
      await stage.send(['{"type":"error",']);
      await stage.silence();
    },
  }),
  'echo-key': fault({
    doc: 'An authentication error that repeats the API key it was sent. `where`: body or header (of a 401), stream (an error event in a 200).',
    cases: ['T130'],
    params: { where: 'body' },
    play: (stage, { where }) =>
      choose(echoes, where)(stage, `invalid key: ${String(apiKeyOf(stage.exchange.seen.headers))}`),
  }),
  redirect: fault({
    doc: 'A redirect with status `code` to another origin: the sink, which answers GOOD and writes down what reaches it.',
    cases: ['T044'],
    params: { code: 307 },
    play: async (stage, { code }) => {
      stage.exchange.head(code, { location: `${stage.sinkUrl}/v1/messages` });
      await stage.exchange.end();
    },
  }),
};
