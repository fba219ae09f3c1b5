import { WHOLE_TEXT } from '../judge.mjs';
import { AT_ONCE, whole } from './case.mjs';

const left = { outcome: 'left', requests: 1, closeMs: AT_ONCE, afterwards: 0 };

/** What consumers do. */
export const CONSUMERS = [
  {
    id: 'T062',
    timed: true,
    title: 'left before the head, after it, in silence, in the back-off: closed, and nothing told',
    variants: [
      ['before the head', ['no-headers']],
      ['after the head', ['stall', { events: 0 }]],
      ['in silence', ['stall']],
      ['in an error’s body', ['stalled-error-body']],
    ]
      .map(([name, fault]) => ({
        name,
        fault,
        consumer: 'leave',
        options: { after: 400 },
        right: left,
      }))
      .concat({
        name: 'in the back-off',
        fault: ['status', { code: 529, 'retry-after': '1' }],
        consumer: 'leave',
        options: { after: 500 },
        linger: 1200,
        right: { outcome: 'left', requests: 1, ms: [0, AT_ONCE] },
      }),
  },
  {
    id: 'T063',
    timed: true,
    title: 'left from inside the first, fifth, tenth text: none after it, and closed',
    variants: [1, 5, 10].map((value) => ({
      name: String(value),
      fault: ['drip', { ms: 20 }],
      consumer: 'leaveAt',
      options: { value, how: 'abort' },
      right: { ...left, texts: value },
    })),
  },
  {
    id: 'T064',
    timed: true,
    title: 'left by `break`, `take(1)`: closed',
    variants: [
      {
        fault: ['drip', { ms: 20 }],
        consumer: 'leaveAt',
        options: { value: 1 },
        right: left,
      },
    ],
  },
  {
    id: 'T065',
    title: '100,000 deltas in one write: in order, no stack overflow',
    variants: [
      {
        fault: ['many-deltas'],
        options: { whole: false },
        right: { outcome: 'complete', text: 'x'.repeat(100_000) },
        bound: 100_000,
        own: true,
      },
    ],
  },
  {
    id: 'T066',
    timed: true,
    title: 'the consumer throws: told once, and closed or read on',
    variants: [
      {
        fault: ['pause', { events: 4, ms: 1500 }],
        consumer: 'throwAt',
        right: { outcome: ['error', 'complete'], tellsThrow: true },
      },
    ],
  },
  {
    id: 'T069',
    timed: true,
    title: 'a signal aborted before, in the middle: never complete; afterwards: no effect',
    variants: [
      {
        name: 'before',
        fault: ['drip'],
        consumer: 'abort',
        options: { when: 'before' },
        right: { outcome: 'error', requests: 0 },
      },
      {
        name: 'in the middle',
        fault: ['drip', { ms: 20 }],
        consumer: 'abort',
        options: { when: 400 },
        right: { outcome: 'error', ms: [0, AT_ONCE], closeMs: AT_ONCE },
      },
      {
        name: 'afterwards',
        fault: ['pause', { ms: 1 }],
        consumer: 'abort',
        options: { when: 'after' },
        right: whole,
      },
    ],
  },
  {
    id: 'T071',
    title: '1,000 answers in turn and 100 at once on one signal: no listener left, no warning',
    variants: [
      {
        fault: ['good'],
        consumer: 'runs',
        options: { inTurn: 1000, atOnce: 100 },
        right: { outcome: 'complete', listeners: 0 },
        own: true,
        bound: 200_000,
      },
    ],
  },
  {
    id: 'T072',
    title: '10,000 answers begun and left: at most 10 MB of heap more',
    variants: [
      {
        fault: ['drip'],
        consumer: 'cycles',
        options: { count: 10_000 },
        right: { outcome: 'left', heapGrowth: 10_000_000 },
        own: true,
        bound: 240_000,
      },
    ],
  },
  {
    id: 'T073',
    timed: true,
    title: 'the process ends within 1 s after the end, an error, leaving, `break`',
    variants: [
      { name: 'the end', fault: ['good'] },
      { name: 'the end, the body open', fault: ['keep-open'] },
      { name: 'an error', fault: ['end-after'] },
      { name: 'leaving', fault: ['stall'], consumer: 'leave', options: { after: 400 } },
      { name: '`break`', fault: ['drip'], consumer: 'leaveAt', options: { value: 1 } },
    ].map((variant) => ({
      ...variant,
      exits: true,
      right: { outcome: ['complete', 'error', 'left'], exitMs: 1000 },
    })),
  },
  {
    id: 'T074',
    timed: true,
    title: 'an iterator by hand: two `next()` at once, `return()` while one waits, `throw()`',
    variants: [
      {
        name: 'two `next()`',
        fault: ['good'],
        consumer: 'iterate',
        options: { way: 'nexts' },
        right: { outcome: 'complete', text: WHOLE_TEXT },
      },
      {
        name: '`return()`',
        fault: ['stall'],
        consumer: 'iterate',
        options: { way: 'return' },
        right: { outcome: 'left', settledMs: AT_ONCE, closeMs: AT_ONCE },
      },
      {
        name: '`throw()`',
        fault: ['drip', { ms: 20 }],
        consumer: 'iterate',
        options: { way: 'throw' },
        right: { outcome: 'left', closeMs: AT_ONCE },
      },
    ],
  },
];
