import { inOwnProcess } from '../support/own-process.js';

type Reports = Readonly<Record<string, readonly string[]>>;
type Seen = Readonly<Record<string, { readonly status: number; readonly body: string }>>;

/** What each edge answers and reports, in a process that hostile requests and hooks must not end. */
const edges = inOwnProcess('edges');

describe('the edges under hostile requests, hooks and servers', () => {
  let reports: Reports;
  let seen: Seen;
  beforeAll(async () => {
    const { exitCode, outcome, lines } = await edges;
    expect({ exitCode, outcome }).toEqual({ exitCode: 0, outcome: 'alive' });
    ({ reports, seen } = JSON.parse(lines[0]!) as { reports: Reports; seen: Seen });
  }, 120_000);

  const EDGES = [
    'writeSse',
    'writeSse primed',
    'toSseResponse',
    'primedSseResponse',
    'writeUIMessageStream',
    'toUIMessageStreamResponse',
  ];
  const of = (name: string) =>
    EDGES.flatMap((edge) => ['', ' | onError throws'].map((end) => `${edge} | ${name}${end}`));

  it.each(['header undefined', 'header emoji', 'header CR LF', 'header name'])(
    'answers a bad %s with 500, and reports it',
    (name) => {
      for (const key of of(name)) {
        expect({ key, status: seen[key]?.status, heard: reports[key]?.length }).toEqual({
          key,
          status: 500,
          heard: 1,
        });
        expect(reports[key]?.[0]).toMatch(/^edge: (the header|headers)/);
        expect(seen[key]?.body).not.toMatch(/x-a|cookie/);
      }
    },
  );

  it.each([
    ['failing run', 'run: run'],
    ['failing later', 'run: later'],
    ['source throws', 'run: source'],
    ['hook throws', 'hook'],
    ['teardown at the end', 'edge: teardown'],
    ['teardown, config handed on', 'edge: teardown'],
    ['reset, teardown', 'edge: teardown'],
    ['reset, teardown, config', 'edge: teardown'],
    ['reset, bare teardown', 'edge: teardown'],
    ['reset, silent', 'edge: teardown'],
  ])('reports once, and shows nobody: %s', (name, text) => {
    for (const key of of(name)) {
      expect([key, reports[key]]).toEqual([key, [expect.stringContaining(text)]]);
      expect(seen[key]?.body).not.toMatch(/"(?:run|later|source|hook|teardown)"/);
    }
  });

  it.each(['listener throws', 'reset, shared teardown', 'reset, synchronous'])(
    'answers as ever, with nothing of its own to report: %s',
    (name) => {
      for (const key of of(name)) expect([key, reports[key]]).toEqual([key, []]);
    },
  );

  it.each([
    ['no JSON', 'bad_stream'],
    ['odd message', 'bad_stream'],
    ['odd calls', 'bad_stream'],
    ['null error', 'internal'],
    ['poisoned error', 'constructor'],
    ['nothing', 'truncated'],
  ])('reads a server that lies by an error of rxlm: %s', (name, code) => {
    expect(reports[`upstream | ${name}`]).toEqual([code]);
    expect(seen[`upstream | ${name}`]?.body).toContain('event: error');
  });
});
