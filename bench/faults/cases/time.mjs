import { AT_ONCE } from './case.mjs';

/** All of these clocks have long run out by then. */
const bound = 5000;

const timed = (phase, text, ms) => ({
  outcome: 'error',
  code: 'timeout',
  phase,
  textBegins: text,
  ms,
  closeMs: AT_ONCE,
});

/** Servers that keep a client waiting. Each client is given the clocks that it has. */
export const TIME = [
  {
    id: 'T054',
    timed: true,
    title: 'no head, a clock of 500 ms: an error by then, and closed',
    variants: [
      {
        fault: ['no-headers'],
        settings: { maxRetries: 0, clocks: { headers: 500 } },
        options: { warm: true },
        bound,
        right: timed('headers', '', [490, 800]),
      },
    ],
  },
  {
    id: 'T055',
    timed: true,
    title: 'silence after "Hello", a clock of 500 ms: an error by then, and closed',
    variants: [
      {
        fault: ['stall'],
        settings: { maxRetries: 0, clocks: { idle: 500 } },
        options: { warm: true },
        bound,
        right: timed('idle', 'Hello', [490, 800]),
      },
    ],
  },
  {
    id: 'T056',
    timed: true,
    title: 'pings, comments for ever, a clock of 1.5 s for content: an error by then, and closed',
    variants: ['ping-drip', 'comment-drip'].map((name) => ({
      name,
      fault: [name],
      settings: { maxRetries: 0, clocks: { idle: 500, content: 1500 } },
      options: { warm: true },
      bound,
      right: timed('content', 'Hello', [1490, 1900]),
    })),
  },
  {
    id: 'T057',
    timed: true,
    title: 'an answer without end, a clock of 1 s for all: an error by then, and closed',
    variants: [
      {
        fault: ['drip'],
        settings: { maxRetries: 0, clocks: { total: 1000 } },
        options: { warm: true },
        bound,
        right: timed('total', 'drop ', [990, 1300]),
      },
    ],
  },
  {
    id: 'T058',
    timed: true,
    title: 'a consumer that rests for three times the clock: no error',
    variants: [
      {
        fault: ['endless-stream'],
        consumer: 'pausing',
        options: { count: 1000, every: 300, ms: 900 },
        settings: { clocks: { idle: 300, content: 300 } },
        right: { outcome: 'left', texts: 1000 },
        own: true,
      },
    ],
  },
];
