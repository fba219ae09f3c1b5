/** An event as it must be reported: name, data, id. */
export type ToldEvent = readonly [name: string, data: string, id: string];

export interface EventStreamCase {
  readonly title: string;
  readonly stream: string | Uint8Array;
  readonly events: readonly ToldEvent[];
  readonly retries?: readonly number[];
  readonly comments?: number;
  /** `''` by default. */
  readonly lastEventId?: string;
  /** What `end` gives: nothing by default. */
  readonly rest?: { readonly name: string; readonly data: string };
}

const message = (data: string, id = ''): ToldEvent => ['message', data, id];
const moon = message('moon');
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

/** Every class of case that the rules for event streams report apart. */
export const eventStreamCases: readonly EventStreamCase[] = [
  // Line ends
  { title: 'LF', stream: 'event: tide\ndata: in\n\n', events: [['tide', 'in', '']] },
  { title: 'CR LF', stream: 'event: tide\r\ndata: in\r\n\r\n', events: [['tide', 'in', '']] },
  { title: 'CR', stream: 'event: tide\rdata: in\r\r', events: [['tide', 'in', '']] },
  {
    title: 'all line ends in one event',
    stream: 'data: in\rdata: out\r\ndata: in\n\r',
    events: [message('in\nout\nin')],
  },
  { title: 'LF, then CR LF', stream: 'data: moon\n\r\ndata: moon\n\r\n', events: [moon, moon] },
  { title: 'CR LF, then LF', stream: 'data: moon\r\n\ndata: moon\r\n\n', events: [moon, moon] },
  { title: 'CR, then CR LF', stream: 'data: moon\r\r\ndata: moon\r\r\n', events: [moon, moon] },
  {
    title: 'CR LF is one line end, not two',
    stream: 'data: moon\r\ndata: moon\r\n\r\n',
    events: [message('moon\nmoon')],
  },
  {
    title: 'other characters that part lines elsewhere do not here',
    stream: 'data: a\u2028b\u2029c\u0085d\u000be\u000cf\n\n',
    events: [message('a\u2028b\u2029c\u0085d\u000be\u000cf')],
  },
  { title: 'nothing but blank lines', stream: '\n\r\n\r\r\n\n', events: [] },
  { title: 'blank lines in front', stream: '\n\n\r\ndata: moon\n\n', events: [moon] },
  { title: 'nothing', stream: '', events: [] },

  // Byte order marks
  { title: 'a byte order mark at the start', stream: '\uFEFFdata: moon\n\n', events: [moon] },
  { title: 'nothing but a byte order mark', stream: '\uFEFF', events: [] },
  {
    title: 'a byte order mark, then a blank line',
    stream: '\uFEFF\ndata: moon\n\n',
    events: [moon],
  },
  {
    title: 'a second byte order mark belongs to the name of the field',
    stream: '\uFEFF\uFEFFdata: sun\ndata: moon\n\n',
    events: [moon],
  },
  {
    title: 'a byte order mark further on belongs to the name of its field',
    stream: 'data: moon\n\n\uFEFFevent: tide\ndata: moon\n\n',
    events: [moon, moon],
  },
  {
    title: 'a byte order mark in data is data',
    stream: 'data: \uFEFFmoon\n\n',
    events: [message('\uFEFFmoon')],
  },

  // Data
  { title: 'data without a space', stream: 'data:moon\n\n', events: [moon] },
  { title: 'one space is dropped', stream: 'data:  moon \n\n', events: [message(' moon ')] },
  { title: 'a tab is not', stream: 'data:\tmoon\n\n', events: [message('\tmoon')] },
  { title: 'colons in data', stream: 'data: a:b: c\n\n', events: [message('a:b: c')] },
  {
    title: 'many lines',
    stream: 'data: {\ndata:   "a": 1\ndata: }\n\n',
    events: [message('{\n  "a": 1\n}')],
  },
  {
    title: 'empty data is data',
    stream: 'data:\n\ndata: \n\n',
    events: [message(''), message('')],
  },
  {
    title: 'a field without a colon has an empty value',
    stream: 'data\n\ndata\ndata\n\n',
    events: [message(''), message('\n')],
  },
  {
    title: 'empty lines within',
    stream: 'data: a\ndata\ndata:\ndata: b\n\n',
    events: [message('a\n\n\nb')],
  },
  { title: 'NUL in data', stream: 'data: a\0b\n\n', events: [message('a\0b')] },
  {
    title: 'JSON whose newlines are escaped',
    stream: 'data: {"text":"a\\n\\nb"}   \n\n',
    events: [message('{"text":"a\\n\\nb"}   ')],
  },
  {
    title: 'a long line',
    stream: `data: ${'moon '.repeat(300)}\n\n`,
    events: [message('moon '.repeat(300))],
  },
  {
    title: 'a hundred lines',
    stream: `${'data: m\n'.repeat(100)}\n`,
    events: [message('m\n'.repeat(100).slice(0, -1))],
  },

  // Names
  {
    title: 'a name holds for one event',
    stream: 'event: tide\ndata: in\n\ndata: moon\n\n',
    events: [['tide', 'in', ''], moon],
  },
  {
    title: 'the last name counts, wherever it stands',
    stream: 'event: a\ndata: in\nevent: tide\n\n',
    events: [['tide', 'in', '']],
  },
  {
    title: 'an empty name is none',
    stream: 'event: tide\nevent\ndata: moon\n\nevent: \ndata: moon\n\n',
    events: [moon, moon],
  },
  {
    title: 'a name without data is no event and is forgotten',
    stream: 'event: ping\n\ndata: moon\n\n',
    events: [moon],
  },
  {
    title: 'a name may hold anything',
    stream: 'event:  a\0 b:\ndata: moon\n\n',
    events: [[' a\0 b:', 'moon', '']],
  },

  // Ids
  {
    title: 'an id stays until there is another',
    stream: 'id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n',
    events: [message('a', '1'), message('b', '1'), message('c', '2')],
    lastEventId: '2',
  },
  {
    title: 'an empty id takes it back',
    stream: 'id: 1\ndata: a\n\nid\ndata: b\n\ndata: c\n\n',
    events: [message('a', '1'), message('b'), message('c')],
  },
  {
    title: 'an id without data counts for what follows',
    stream: 'id: 7\n\ndata: a\n\n',
    events: [message('a', '7')],
    lastEventId: '7',
  },
  { title: 'an id alone', stream: 'id: 7\n\n', events: [], lastEventId: '7' },
  {
    title: 'an id with NUL is ignored',
    stream: 'id: 1\nid: 2\0\nid: \0\ndata: a\n\n',
    events: [message('a', '1')],
    lastEventId: '1',
  },
  {
    title: 'the last id of an event counts, spaces and all',
    stream: 'id: 1\ndata: a\nid:  ö \n\n',
    events: [message('a', ' ö ')],
    lastEventId: ' ö ',
  },
  {
    title: 'the id of an unterminated event does not count',
    stream: 'id: 1\ndata: a\n\nid: 2\ndata: b\n',
    events: [message('a', '1')],
    lastEventId: '1',
    rest: { name: 'message', data: 'b' },
  },

  // Retry
  { title: 'a retry time, in decimal', stream: 'retry: 0250\n\n', events: [], retries: [250] },
  { title: 'a retry time of zero', stream: 'retry:0\n', events: [], retries: [0] },
  {
    title: 'each retry time',
    stream: 'retry: 1\ndata: moon\nretry: 2\n\nretry: 3\n',
    events: [moon],
    retries: [1, 2, 3],
  },
  {
    title: 'anything but ASCII digits is no retry time',
    stream: [' 5', '5 ', '-5', '+5', '5.5', '5e2', '0x5', '٥', '５', '', 'soon']
      .map((value) => `retry: ${value}\n`)
      .join('')
      .concat('retry\n\n'),
    events: [],
  },

  // Comments and what nobody knows
  {
    title: 'comments anywhere',
    stream: ':\n: waiting\ndata: a\n::\r\ndata: b\r:data: c\n\n:',
    events: [message('a\nb')],
    comments: 4,
  },
  {
    title: 'a long comment',
    stream: `: ${'z'.repeat(1000)}\ndata: moon\n\n`,
    events: [moon],
    comments: 1,
  },
  {
    title: 'unknown fields',
    stream: 'future: 1\nword\n{"a":1}\ndata: moon\n: x\n\n',
    events: [moon],
    comments: 1,
  },
  {
    title: 'names that are almost known',
    stream: [' data', 'data ', 'Data', 'DATA', 'dat', 'datas', 'data\0', 'd', 'Event', 'ID', 'ids']
      .map((field) => `${field}: x\n`)
      .join('')
      .concat('data: moon\n\n'),
    events: [moon],
  },
  {
    title: 'another format altogether',
    stream: '<!doctype html>\n<p>data: moon</p>\n\n{"data":"moon"}\n\n',
    events: [],
  },

  // Bytes
  {
    title: 'characters of two, three and four bytes',
    stream: 'event: é\ndata: ö … 🌍👩‍🚀\n\n',
    events: [['é', 'ö … 🌍👩‍🚀', '']],
  },
  {
    title: 'bytes that are no UTF-8',
    stream: bytes('data: a', [0xff], 'b', [0xe2, 0x82], 'c\n\n'),
    events: [message('a\uFFFDb\uFFFDc')],
  },
  {
    title: 'a character cut short by a line end',
    stream: bytes('data: a', [0xf0, 0x9f, 0x8c], '\n\n'),
    events: [message('a\uFFFD')],
  },
  {
    title: 'a character cut short by the end',
    stream: bytes('data: moon\n\ndata: b', [0xf0, 0x9f]),
    events: [moon],
    rest: { name: 'message', data: 'b\uFFFD' },
  },

  // Ends
  { title: 'CR as the very last byte', stream: 'data: moon\r\r', events: [moon] },
  {
    title: 'no blank line',
    stream: 'event: tide\ndata: out\n',
    events: [],
    rest: { name: 'tide', data: 'out' },
  },
  {
    title: 'no line end',
    stream: 'data: moon\n\nevent: tide\r\ndata: out',
    events: [moon],
    rest: { name: 'tide', data: 'out' },
  },
  {
    title: 'no line end behind many lines',
    stream: 'data: a\ndata: b\ndata: c',
    events: [],
    rest: { name: 'message', data: 'a\nb\nc' },
  },
  {
    title: 'no end behind anything but data',
    stream: 'data: a\nevent: tid',
    events: [],
    rest: { name: 'message', data: 'a' },
  },
  { title: 'an id that was cut', stream: 'id: 1\n\nid: 23', events: [], lastEventId: '1' },
  { title: 'a retry time that was cut', stream: 'retry: 10', events: [] },
  { title: 'a name alone', stream: 'event: tide\n', events: [] },
];
