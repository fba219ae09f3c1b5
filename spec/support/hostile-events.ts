import { chunkOf, eventAt } from './timed-events';

/** What a hostile model may say: markup, marks of direction, control characters, halves of pairs, a megabyte. */
export const HOSTILE_TEXTS = [
  '<img src=x onerror="alert(1)"><script>alert(2)</script>',
  '\u202eevil\u2066 \u0000\u001b[31m\u0008 \ud83d \ufffe',
  `]]>--><foreignObject>${'x'.repeat(1_000_000)}`,
] as const;

/** A run whose name, input, texts and error are all hostile. */
export const hostileEvents = [
  eventAt(0, 'on_chat_model_start', {
    name: '</title><script>alert(0)</script>\u202e',
    data: { input: HOSTILE_TEXTS },
  }),
  ...HOSTILE_TEXTS.map((text, index) =>
    eventAt(100 * (index + 1), 'on_chat_model_stream', { data: { chunk: chunkOf(text) } }),
  ),
  eventAt(500, 'on_chat_model_error', {
    data: { error: { name: '<b>', message: `\u0007${HOSTILE_TEXTS[0]}` } },
  }),
];
