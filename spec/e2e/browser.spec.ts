import { type ChildProcess, spawn } from 'node:child_process';
import { buildSync } from 'esbuild';
import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { of } from 'rxjs';
import { recordingOf, type ReplayServer, startReplayServer } from 'rxlm/testing';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import type { Recording } from '../../lib/testing/anthropic/recording';
import { writeSse } from '../../lib/sse/server/write-sse';

const ROOT = join(__dirname, '../..');
const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
jest.setTimeout(60_000);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(() => browser.close());

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The sample's server as a user starts it, its model played by a recording. */
async function open(
  recording: Recording,
  delayMs: number,
): Promise<{ page: Page; provider: ReplayServer; url: string }> {
  const provider = await startReplayServer({
    strict: true,
    recordings: [recording],
    cycle: true,
    delayMs,
  });
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'samples/browser/server.ts'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: '0',
        ANTHROPIC_BASE_URL: provider.url,
        ANTHROPIC_API_KEY: 'sk-canary-key',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (data: Buffer) => {
      resolve(data.toString().trim());
    });
  });
  const page = await browser.newPage();
  closers.push(
    () => page.close(),
    () => child.kill(),
    () => provider.close(),
  );
  await page.goto(url);
  return { page, provider, url };
}
const answer = (page: Page) => page.textContent('#answer').then((text) => text ?? '');

describe('the page of samples/browser, in Chromium', () => {
  it('shows the tokens while they come, and the whole verse', async () => {
    const { page, provider } = await open(goldfishSync, 20);
    await page.click('text=Send');
    await page.waitForFunction(
      () => document.querySelector('#status')?.textContent === 'streaming',
    );
    await page.waitForFunction(
      () => (document.querySelector('#answer')?.textContent ?? '').length > 20,
    );
    expect(provider.requests[0]?.finished).toBe(false);
    await page.waitForFunction(() => document.querySelector('#status')?.textContent === 'done');
    expect(await answer(page)).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
  });

  it('[2] closes the provider’s socket on Stop, and keeps what there was', async () => {
    const { page, provider } = await open(goldfishSync, 50);
    await page.click('text=Send');
    await page.waitForFunction(
      () => (document.querySelector('#answer')?.textContent ?? '').length > 5,
    );
    await page.click('#stop');
    expect(await provider.requests[0]?.closed).toMatchObject({ by: 'client' });
    expect(provider.requests[0]?.finished).toBe(false);
    await page.waitForFunction(() => document.querySelector('#status')?.textContent === 'stopped');
    expect(await answer(page)).not.toBe('');
  });

  it('(T133) shows what the model says as text, whatever it says', async () => {
    const evil =
      '<img src=x onerror="document.title=\'owned\'"> [x](javascript:alert(1)) ![y](http://127.0.0.1:9/z)';
    const { page } = await open(recordingOf({ tokens: [evil.slice(0, 9), evil.slice(9)] }), 1);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.click('text=Send');
    await page.waitForFunction(() => document.querySelector('#status')?.textContent === 'done');
    expect(await answer(page)).toBe(evil);
    expect(await page.title()).toBe('Goldfish');
    expect(await page.locator('img').count()).toBe(0);
    expect(asked.map((url) => new URL(url).pathname)).toEqual(['/chat']);
  });

  it('(T135) brings no key and no provider’s client into the page', async () => {
    const { page, url } = await open(goldfishSync, 1);
    const script = await (await fetch(`${url}page.js`)).text();
    expect(script).not.toMatch(/canary|anthropic|process\.env|x-api-key/i);
    expect(await page.content()).not.toContain('canary');
  });

  it('(T095) refuses other sites, other types and what is too large', async () => {
    const { url } = await open(goldfishSync, 1);
    const ask = async (headers: Record<string, string>, body = '{"input":"Hi"}') =>
      (await fetch(`${url}chat`, { method: 'POST', headers, body })).status;
    const json = { 'content-type': 'application/json' };
    expect(await ask({ ...json, origin: 'https://evil.test' })).toBe(403);
    expect(await ask({ ...json, origin: 'null' })).toBe(403);
    expect(await ask({ 'content-type': 'text/plain' })).toBe(415);
    expect(await ask(json, `{"input":"${'x'.repeat(2_000_000)}"}`)).toBe(413);
    expect(await ask(json, '{"input":')).toBe(400);
    expect(await ask(json)).toBe(200);
  });

  it('(T095) has no more than a hundred streams open, and lets in again when some have left', async () => {
    const { url, provider } = await open(
      recordingOf({ tokens: Array<string>(5).fill('x') }),
      60_000,
    );
    const ask = (signal: AbortSignal) =>
      fetch(`${url}chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"input":"Hi"}',
        signal,
      }).catch(() => undefined);
    const leaving = new AbortController();
    const open100 = Array.from({ length: 100 }, () => ask(leaving.signal));
    while (provider.requests.length < 100) await new Promise((go) => setTimeout(go, 10));
    const refused = await ask(leaving.signal);
    expect(refused?.status).toBe(429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    leaving.abort();
    await Promise.all([...open100, ...provider.requests.map(({ closed }) => closed)]);
    const late = new AbortController();
    void ask(late.signal);
    await provider.request(100);
    late.abort();
  });
});

/** A page of a server of ours that runs a program, bundled from the source. */
async function openProgram(contents: string, listener: RequestListener): Promise<Page> {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: ROOT },
    alias: { rxlm: join(ROOT, 'lib/index.ts') },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const server = createServer((request, response) => {
    if (request.url !== '/') listener(request, response);
    else response.end('<!doctype html><title>a page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  closers.push(
    () => page.close(),
    () => {
      server.closeAllConnections();
      server.close();
    },
  );
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  await page.addScriptTag({ content: outputFiles[0]!.text });
  return page;
}
const result = (page: Page) =>
  page
    .waitForFunction(() => (globalThis as { result?: unknown }).result)
    .then((handle) => handle.jsonValue());

it('an EventSource in Chromium gets each value, and asks once if it closes at the end', async () => {
  let asked = 0;
  const page = await openProgram(
    `const seen = [];
     const source = new EventSource('/events');
     source.onmessage = ({ data, lastEventId }) => seen.push([lastEventId, JSON.parse(data)]);
     source.addEventListener('end', () => {
       source.close();
       setTimeout(() => { globalThis.result = seen; }, 300);
     });`,
    (request, response) => {
      if (request.url !== '/events') return void response.writeHead(404).end();
      asked += 1;
      writeSse(response, of('gold', { text: 'a\nb' }));
    },
  );
  expect(await result(page)).toEqual([
    ['1', 'gold'],
    ['2', { text: 'a\nb' }],
  ]);
  expect(asked).toBe(1);
});

it('[2] fromNativeObservable and toNativeObservable go there and back with the Observable of Chromium', async () => {
  const page = await openProgram(
    `import { interval, map, take, toArray } from 'rxjs';
     import { fromNativeObservable, toNativeObservable } from 'rxlm';
     let left = 0;
     const native = new Observable((subscriber) => {
       let i = 0;
       const timer = setInterval(() => subscriber.next(i++), 1);
       subscriber.addTeardown(() => { left += 1; clearInterval(timer); });
     });
     fromNativeObservable(native).pipe(take(3), toArray()).subscribe(async (values) => {
       const back = await toNativeObservable(interval(1).pipe(map((n) => n * 2))).take(3).toArray();
       globalThis.result = { values, back, left };
     });`,
    (_, response) => void response.writeHead(404).end(),
  );
  expect(await result(page)).toEqual({ values: [0, 1, 2], back: [0, 2, 4], left: 1 });
});
