import { inspect } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import { lastValueFrom } from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';
import { faultNames } from '../../lib/testing/anthropic/faults/all-faults';
import { faultBench, KEY } from '../support/fault-run';

jest.setTimeout(120_000);

/** Faults that go on and on, or are large: others look after these. */
const LARGE: ReadonlySet<string> = new Set([
  'many-deltas',
  'many-blocks',
  'gzip-bomb',
  'endless-stream',
  'slow-bytes',
]);

describe('security', () => {
  const bench = faultBench();
  const timeouts = { headers: 3000, idle: 300, content: 500, total: 5000 };
  const options = { maxRetries: 1, timeouts };

  it('[21] T130 every fault there is: the key in nothing that is shown', async () => {
    const names = faultNames.filter((name) => !LARGE.has(name));
    const endings = await Promise.all(names.map((name) => bench.play(name, {}, { options })));
    expect(endings.filter(({ outcome }) => outcome === 'error').length).toBeGreaterThan(30);
    expect(bench.requests().every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(
      true,
    );
  });

  it.each(['body', 'header', 'stream'])(
    '[21] T130 a key echoed in the %s: taken out',
    async (where) => {
      const ending = await bench.play('echo-key', { where }, { options });
      expect(ending).toMatchObject({ code: 'unauthorized', status: 401 });
      if (where !== 'header') expect((ending.error as Error).message).toContain('[redacted]');
    },
  );

  it.each([
    ['header', { headers: { 'x-api-key': `${KEY}-of-a-call` } }],
    ['header of the client', { clientOptions: { defaultHeaders: { 'x-token': `${KEY}-too` } } }],
    ['function', { apiKey: () => Promise.resolve(KEY) }],
    ['token', { clientOptions: { authToken: KEY } }],
  ])('[21] T130 a secret that comes by %s: taken out', async (_, secret) => {
    for (const where of ['body', 'stream'])
      await bench.play('echo-key', { where }, { options: { ...options, ...secret } });
    // A busy server may only now come to what was left before.
    expect(bench.requests().filter(({ path }) => path.startsWith('/echo-key/'))).toHaveLength(2);
  });

  it('[21] T130 a secret of one call: taken out there', async () => {
    const model = bench.model({ baseURL: bench.server.baseUrl('echo-key') });
    const own = { 'x-api-key': 'sk-other-0123456789' };
    const error: unknown = await lastValueFrom(model.stream$('Hi', { headers: own })).catch(
      (e: unknown) => e,
    );
    expect(inspect(error, { depth: 10 })).toContain('[redacted]');
    expect(inspect(error, { depth: 10 })).not.toContain('sk-other');
  });

  it('[21] T130 a client that was passed in: its key taken out', async () => {
    const baseURL = bench.server.baseUrl('echo-key');
    const client = new Anthropic({ apiKey: KEY, baseURL, logLevel: 'off' });
    const error: unknown = await new ChatAnthropic({ model: 'm', client })
      .invoke('Hi')
      .catch((e: unknown) => e);
    expect(`${inspect(error, { depth: 10 })}${JSON.stringify(error)}`).not.toContain('canary');
  });

  it.each([
    `https://user:${KEY}@a.test`,
    'https://user@a.test',
    'file:///etc/passwd',
    '//host',
    'host',
    '',
    'ftp://a.test',
    'javascript:alert(1)',
  ])('[21] T131 the base URL %s: refused at construction', (baseURL) => {
    const make = () => new ChatAnthropic({ model: 'm', apiKey: KEY, baseURL });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/^baseURL must/);
    expect(make).not.toThrow(/canary/);
  });
});
