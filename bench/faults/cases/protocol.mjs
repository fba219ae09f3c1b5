import { WHOLE_TEXT } from '../judge.mjs';
import { each, failed, whole } from './case.mjs';

const named = (faults, right) => faults.map((name) => ({ name, fault: [name], right }));
/** What could mix texts: an error, before anything that is not the answer's. */
const bad = (text) => failed('bad_stream', text);

/** Events, and what they say. */
export const PROTOCOL = [
  {
    id: 'T015',
    title: 'an event that nobody knows: the whole text',
    variants: [
      ...each('unknown-event', 'before', [0, 5, 10], whole),
      ...each('unknown-event', 'data', ['from {the} future'], whole),
    ],
  },
  {
    id: 'T017',
    title: 'a block, a delta, a stop reason that nobody knows: the whole text',
    variants: named(['unknown-block', 'unknown-delta', 'unknown-stop-reason'], {
      outcome: 'complete',
      text: WHOLE_TEXT,
    }),
  },
  {
    id: 'T018',
    title: '1,000 pings: the whole text',
    variants: [{ fault: ['pings'], right: whole }],
  },
  {
    id: 'T019',
    title: 'an error that comes first, twice: sent again, the whole text once',
    variants: [
      { fault: ['error-first', { times: 2 }], right: { ...whole, requests: 3 }, bound: 15_000 },
    ],
  },
  {
    id: 'T020',
    title: 'an error after "Hel": an error of its type, one request',
    variants: [
      {
        fault: ['error-after'],
        right: failed('overloaded', 'Hel', { type: 'overloaded_error', requests: 1 }),
      },
    ],
  },
  {
    id: 'T021',
    title: 'an error whose data is no JSON: an error of at most 1 KiB',
    variants: [
      {
        fault: ['error-not-json'],
        right: failed('server_error', 'Hel', { messageLength: 1024 + 100 }),
      },
    ],
  },
  {
    id: 'T022',
    title: 'a clean end before message_stop: an error, one request',
    variants: [
      [1, ''],
      [5, 'Hello'],
      [9, WHOLE_TEXT],
      [10, WHOLE_TEXT],
    ].map(([events, text]) => ({
      name: `after ${events} events`,
      fault: ['end-after', { events }],
      right: failed('truncated', text, { requests: 1 }),
    })),
  },
  {
    id: 'T023',
    title: 'an empty body: an error; once: sent again',
    variants: [
      {
        name: 'always',
        fault: ['empty-body'],
        right: failed('truncated', ''),
        settings: { maxRetries: 0 },
      },
      { name: 'once', fault: ['empty-body', { times: 1 }], right: { ...whole, requests: 2 } },
    ],
  },
  {
    id: 'T024',
    title: 'RST, FIN, a body that is too short: an error after "Hel"',
    variants: named(['reset', 'hang-up', 'short-body', 'bad-chunk'], failed('connection', 'Hel')),
  },
  {
    id: 'T025',
    title: 'cut inside a character, inside JSON: an error after what was whole',
    variants: [
      {
        name: 'a character',
        fault: ['cut-in-character'],
        right: failed('truncated', 'Hello wörld '),
      },
      { name: 'JSON', fault: ['cut-at', { bytes: 500 }], right: failed('truncated', '') },
    ],
  },
  {
    id: 'T026',
    title: 'a tool call: once, as it was; one that is cut: none, and an error',
    variants: [
      {
        name: 'whole',
        fault: ['tool-call'],
        right: {
          outcome: 'complete',
          calls: [{ name: 'open_file', args: { path: 'a.txt', mode: 'read' } }],
        },
      },
      {
        name: 'no arguments',
        fault: ['tool-no-args'],
        right: { outcome: 'complete', calls: [{ name: 'list_files', args: {} }] },
      },
      { name: 'cut', fault: ['tool-cut'], right: failed('truncated', 'I look.') },
    ],
  },
  {
    id: 'T028',
    title: 'what comes after message_stop, or does not come: complete, once',
    variants: named(['after-stop', 'second-message', 'keep-open', 'noise-after-stop'], whole),
  },
  {
    id: 'T029',
    title: 'two blocks at once: each with its own text',
    variants: [{ fault: ['interleaved'], right: { outcome: 'complete', blocks: ['Aa', 'Bb'] } }],
  },
  {
    id: 'T031',
    title: 'an index that cannot be, a second start: an error',
    variants: [
      ...each(
        'block-index',
        'index',
        ['5', '-1', '1.5', '"0"', 'null', '4294967290', '"__proto__"'],
        bad(''),
      ),
      { name: 'a second start', fault: ['duplicate-block-start'], right: bad('Hello') },
    ],
  },
  {
    id: 'T032',
    title: 'a delta or stop of no block, before or without message_start, two messages: an error',
    variants: [
      ['orphan-delta', 'Hello'],
      ['orphan-stop', 'Hello'],
      ['delta-before-message', ''],
      ['no-message-start', ''],
      ['spliced-message-start', 'Hello'],
    ].map(([name, text]) => ({ name, fault: [name], right: bad(text) })),
  },
  {
    id: 'T034',
    title: 'usage missing at the start, the end, both: the whole text',
    variants: each('usage-missing', 'where', ['start', 'end', 'both'], { ...whole, counts: true }),
  },
  {
    id: 'T035',
    title: 'usage 1e999, -5, "7", null, 2^53+1: the whole text, no count that cannot be meant',
    variants: each('usage-odd', 'value', ['1e999', '-5', '"7"', 'null', '9007199254740993'], {
      ...whole,
      counts: true,
    }),
  },
  {
    id: 'T036',
    title: 'JSON that is broken, NaN: an error that does not show the data, nor is it printed',
    variants: [
      { name: 'broken', fault: ['invalid-json'], right: { ...bad('Hello'), hidesData: true } },
      {
        name: 'NaN',
        fault: [
          'invalid-json',
          {
            data: '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":NaN,"of":"private"}}',
          },
        ],
        right: { ...bad('Hello'), hidesData: true },
      },
    ],
  },
  {
    id: 'T037',
    title: 'keys like `__proto__`: nothing inherits from them',
    variants: [
      {
        fault: ['proto-keys'],
        options: { search: true },
        right: { outcome: ['complete', 'error'], inheritsNothing: true },
      },
    ],
  },
  {
    id: 'T039',
    title:
      'tool input 200,000 deep: an error or an invalid call, no RangeError, the text before it',
    variants: [
      {
        name: 'closed',
        fault: ['tool-deep'],
        right: failed('limit', 'I look.', { noRangeError: true }),
      },
      {
        name: 'open',
        fault: ['tool-deep', { closed: 0 }],
        right: {
          outcome: ['error', 'complete'],
          text: 'I look.',
          code: 'limit',
          noRangeError: true,
        },
      },
    ],
  },
  {
    id: 'T040',
    title: 'malformed tool JSON, 14 of it: told as an invalid call, with what came, complete',
    variants: [
      '{"a":1}}',
      '{"a":1,}',
      '{"a":nulll}',
      '{"a":1 2}',
      '{a:1}',
      'NaN',
      '// c\n{"a":1}',
      "{'a':1}",
      '{"a":"x\ny"}',
      '{"a":01}',
      '{"a":+1}',
      '[1,,2]',
      '{"a":"\\x41"}',
      '\ufeff{"a":1}',
    ].map((json) => ({
      name: JSON.stringify(json),
      fault: ['tool-json', { json }],
      right: { outcome: 'complete', text: 'I look.', invalidCall: json },
    })),
  },
  {
    id: 'T134',
    title: 'a call of a tool named `constructor`, `__proto__`, `toString`: told by that name',
    variants: ['constructor', '__proto__', 'toString'].map((name) => ({
      name,
      fault: ['tool-call', { name }],
      right: { outcome: 'complete', callOf: name },
    })),
  },
];
