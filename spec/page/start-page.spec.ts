import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenPage, startPage } from '../../lib/page/start-page';
import { eventAt } from '../support/timed-events';

const assets = mkdtempSync(join(tmpdir(), 'rxlm-page-'));
for (const file of ['index.html', 'page.js', 'page.css']) writeFileSync(join(assets, file), file);
let page: OpenPage;
beforeAll(async () => {
  page = await startPage({ port: 0, assets });
});
afterAll(async () => {
  await page.close();
  rmSync(assets, { recursive: true });
});

/** As `fetch` would, with any headers. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const sent = request(page.url + path, { method, headers }, (response) => {
        let text = '';
        response.on('data', (data) => (text += String(data)));
        response.on('end', () => {
          resolve({ status: response.statusCode!, headers: response.headers, text });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}
const json = { 'content-type': 'application/json' };
const ndjson = { 'content-type': 'application/x-ndjson' };

/** The first `count` events that a page gets. */
async function events(count: number): Promise<{ value: { name: string; event: string } }[]> {
  const response = await fetch(`${page.url}/events`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const found = [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data]) => JSON.parse(data!));
    if (found.length >= count) {
      await reader.cancel();
      return found.slice(0, count);
    }
    text += (await reader.read()).value ?? '';
  }
}

describe('startPage', () => {
  it('serves its files with a policy that allows nothing from elsewhere', async () => {
    for (const [path, text] of [
      ['/', 'index.html'],
      ['/page.js', 'page.js'],
    ] as const) {
      const answer = await ask('GET', path);
      expect(answer).toMatchObject({ status: 200, text });
      expect(answer.headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'/,
      );
      expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    }
    expect((await ask('GET', '/../package.json')).status).toBe(404);
  });

  it('listens on 127.0.0.1 alone', () => {
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each([
    [{ host: 'evil.test' }],
    [{ origin: 'https://evil.test' }],
    [{ origin: 'null' }],
    [{ origin: 'http://127.0.0.1:1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
  ])('refuses requests of other sites: %j', async (headers) => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/events'],
      ['POST', '/runs'],
      ['POST', '/events'],
    ] as const)
      expect(
        (await ask(method, path, { ...json, ...headers }, method === 'POST' ? '{}' : '')).status,
      ).toBe(403);
  });

  it.each([
    ['/runs', json, '{', 400, 'not JSON'],
    ['/runs', { 'content-type': 'text/plain' }, '{}', 415, 'application/json'],
    ['/runs', json, JSON.stringify('x'.repeat(20_000)), 413, 'larger'],
    ['/runs', json, '{"id":"x"}', 400, 'id must be'],
    [
      '/runs',
      json,
      '{"id":"12345678","scenario":"constructor"}',
      400,
      'scenario must be one of text',
    ],
    ['/runs', json, '{"id":"12345678","scenario":"text","speed":0}', 400, 'speed must be'],
    ['/runs', json, '{"id":"12345678","scenario":"text","chunk":1.5}', 400, 'chunk must be'],
    ['/events', ndjson, '{"value":1}\n', 400, 'no event'],
    ['/nowhere', json, '', 404, 'not found'],
  ])('refuses %s %j %s', async (path, headers, body, status, text) => {
    const answer = await ask('POST', path, headers, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });

  it('sends the events of runs that it started, also to who comes later', async () => {
    const id = 'run-of-the-spec';
    const body = JSON.stringify({ id, scenario: 'object', speed: 1000 });
    expect((await ask('POST', '/runs', json, body)).status).toBe(202);
    const [first] = await events(20);
    expect(first).toMatchObject({
      value: { event: 'on_chain_start', name: 'Structured output', run_id: id },
    });
    expect((await ask('DELETE', `/runs/${id}`)).status).toBe(204);
    expect((await ask('DELETE', '/runs/unknown')).status).toBe(204);
  });

  it('sends the events that other processes bring', async () => {
    const event = eventAt(1, 'on_chain_start', { name: 'brought', run_id: 'elsewhere' });
    expect((await ask('POST', '/events', ndjson, `${JSON.stringify(event)}\n`)).status).toBe(204);
    let count = 1;
    let found = await events(count);
    while (found.at(-1)!.value.name !== 'brought') found = await events((count += 1));
    expect(found.at(-1)).toEqual(event);
  });
});
