import { MB } from '../judge.mjs';

/** More than is taken. */
export const LOAD = [
  {
    id: 'T078',
    title: '20 ms a value on an endless answer, for 6 s: at most 10 MB sent, 40 MB more',
    variants: [
      {
        fault: ['endless-stream'],
        consumer: 'slow',
        options: { each: 20, ms: 6000 },
        right: { outcome: 'left', sentBytes: 10 * MB, growth: 40 * MB },
        own: true,
        bound: 20_000,
      },
    ],
  },
  {
    id: 'T085',
    title: '500 answers of 200 deltas at once: all of them, at most 400 MB more',
    variants: [
      {
        fault: ['many-deltas', { count: 200 }],
        consumer: 'manyAtOnce',
        options: { atOnce: 500 },
        settings: { clocks: { headers: 120_000 } },
        right: { outcome: 'complete', length: 500 * 200, growth: 400 * MB },
        own: true,
        bound: 150_000,
      },
    ],
  },
];
