import { MB, WHOLE_TEXT } from '../judge.mjs';
import { AT_ONCE, each, failed, whole } from './case.mjs';

const own = { own: true, consumer: 'measured' };
/** What is limited is an error, and closed. */
const limited = { outcome: 'error', code: 'limit', closeMs: AT_ONCE };

/** Bytes and lines. */
export const WIRE = [
  {
    id: 'T001',
    title: 'byte order marks, ids and unknown fields, parted anywhere: the whole text',
    variants: [
      { name: 'mark at the start', fault: ['leading-bom'], right: whole },
      { name: 'mark before `event:`', fault: ['stray-bom'], right: whole },
      {
        name: 'mark before `data:`, which loses that line',
        fault: ['stray-bom', { line: 'data' }],
        right: { outcome: 'complete', text: WHOLE_TEXT.replace(' wörld ', '') },
      },
      { name: 'odd fields', fault: ['odd-fields'], right: whole },
      ...each('split-at', 'bytes', [37, 500, 777], whole),
    ],
  },
  {
    id: 'T002',
    title: 'LF, CR LF, CR, mixed; one byte a write: the whole text',
    variants: [
      { name: 'as the service sends it', fault: ['good'], right: whole },
      ...each('newlines', 'kind', ['lf', 'crlf', 'cr', 'mixed'], whole),
      { name: 'one byte a write', fault: ['byte-by-byte'], right: whole },
    ],
  },
  {
    id: 'T003',
    title: 'a comment before every line, 1,000 between: the whole text',
    variants: [{ fault: ['comments'], right: whole }],
  },
  {
    id: 'T004',
    title: 'no `event:` lines: the whole text',
    variants: [{ fault: ['no-event-lines'], right: whole }],
  },
  {
    id: 'T005',
    title: 'JSON over many `data:` lines: the whole text',
    variants: [{ fault: ['pretty-printed'], right: whole }],
  },
  {
    id: 'T006',
    title: 'no last blank line: complete; cut inside message_stop: an error',
    variants: [
      ...each('no-final-blank-line', 'newlines', [1, 0], whole),
      ...each('cut-at', 'bytes', [-5, -20], failed('truncated', WHOLE_TEXT)),
    ],
  },
  {
    id: 'T007',
    timed: true,
    title: 'an event of 2 MB: taken; of 8 MB and more: an error, and closed',
    variants: [
      {
        name: '2 MB',
        fault: ['large-event', { bytes: 2 * MB }],
        right: { outcome: 'complete' },
        consumer: 'measured',
      },
      {
        name: '8 MB and a byte',
        fault: ['large-event', { bytes: 8 * 1024 * 1024 + 1 }],
        right: { outcome: 'error', code: 'limit' },
        consumer: 'measured',
      },
      { name: '64 MB', fault: ['large-event', { bytes: 64 * MB }], right: limited, ...own },
    ],
  },
  {
    id: 'T008',
    timed: true,
    title: 'a line, an event that never ends: an error, closed, at most 56 MB more',
    variants: [
      ...each('endless-line', 'field', ['data', 'unknown'], { ...limited, growth: 56 * MB }, own),
      {
        name: 'an event',
        fault: ['endless-event'],
        right: { ...limited, growth: 56 * MB },
        ...own,
      },
    ],
  },
  {
    id: 'T009',
    title: 'an event of 32 MB, allowed: taken, in 3 s of CPU',
    variants: [
      {
        fault: ['large-event', { bytes: 32 * MB }],
        settings: { limits: { event: 40 * MB } },
        right: { outcome: 'complete', cpuMs: 3000 },
        ...own,
        bound: 100_000,
      },
    ],
  },
  {
    id: 'T010',
    title: '100,000 deltas: all of them, at most 150 MB more',
    variants: [
      {
        fault: ['many-deltas'],
        right: { outcome: 'complete', length: 100_000, growth: 150 * MB },
        ...own,
        bound: 100_000,
      },
    ],
  },
  {
    id: 'T011',
    timed: true,
    title: 'gzip, br: the whole text; a bomb of 200 MB: an error, closed, at most 64 MB more',
    variants: [
      ...each('encoded', 'encoding', ['gzip', 'br'], whole),
      ...each(
        'gzip-bomb',
        'of',
        ['deltas', 'long', 'event'],
        { ...limited, growth: 64 * MB },
        { ...own, bound: 30_000 },
      ),
    ],
  },
  {
    id: 'T013',
    title: 'content types of event streams: taken; others: an error',
    variants: [
      ...each(
        'content-type',
        'type',
        [
          'text/event-stream',
          'text/event-stream;',
          'Text/Event-Stream; Charset=UTF-8',
          'text/event-stream;charset=windows-1252',
        ],
        whole,
      ),
      ...each(
        'content-type',
        'type',
        ['text/html', 'application/json', ''],
        failed('content_type', '', { messageLength: 1024 + 200 }),
      ),
      { name: 'a log-in page', fault: ['login-page'], right: failed('content_type', '') },
      { name: 'a JSON body', fault: ['json-body'], right: failed('content_type', '') },
    ],
  },
  {
    id: 'T014',
    title: 'a byte that is no UTF-8: U+FFFD, and on it goes',
    variants: [
      {
        fault: ['invalid-utf8'],
        right: { outcome: 'complete', text: WHOLE_TEXT.replace('ö', '\ufffd') },
      },
    ],
  },
];
