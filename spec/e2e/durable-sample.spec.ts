import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { recordingOf, type ReplayServer, startReplayServer } from 'rxlm/testing';
import { decodeSse } from 'rxlm/sse';
import { fromReadableStream } from 'rxlm';
import { startSampleServer } from '../support/sample-server';

jest.setTimeout(90_000);
const WORDS = Array.from({ length: 120 }, (_, at) => `${String(at)} `);
const TEXT = WORDS.join('');
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The sample as a user starts it, its model played by a recording. */
async function open(): Promise<{ url: string; provider: ReplayServer }> {
  const provider = await startReplayServer({
    strict: true,
    recordings: [recordingOf({ tokens: WORDS })],
    cycle: true,
    delayMs: 25,
  });
  closers.push(() => provider.close());
  const { url, close } = await startSampleServer('samples/durable/main.ts', {
    ANTHROPIC_BASE_URL: provider.url,
  });
  closers.push(close);
  // The balancer is there before the servers are.
  for (let ready = 0; ready < 2;)
    ready = await fetch(`${url}/page.js`).then(
      ({ ok }) => (ok ? ready + 1 : 0),
      () => 0,
    );
  return { url, provider };
}

describe('samples/durable, two servers behind a balancer', () => {
  it('goes on in a page that is reloaded, and stops from there', async () => {
    const { url, provider } = await open();
    const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    closers.push(() => browser.close());
    const page = await browser.newPage();
    await page.goto(url);
    const answer = page.locator('#answer');
    const waitFor = (text: string) =>
      page.waitForFunction(
        (part) => document.querySelector('#answer')!.textContent.includes(part),
        text,
      );
    await page.getByRole('button', { name: 'Send' }).click();
    await waitFor('10 ');
    await page.reload();
    await page.reload();
    await page.locator('#status', { hasText: 'done' }).waitFor();
    expect(await answer.textContent()).toBe(TEXT);
    expect(provider.requests).toHaveLength(1);

    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForFunction(
      () => location.hash !== '' && document.querySelector('#answer')!.textContent !== '',
    );
    await page.reload();
    await waitFor('10 ');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect((await provider.requests[1]!.closed).by).toBe('client');
    expect(provider.requests[1]!.finished).toBe(false);
  });

  it('goes on at the other server where one is killed', async () => {
    const { url, provider } = await open();
    const posted = await fetch(`${url}/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'Count.' }),
    });
    const { id } = (await posted.json()) as { id: string };
    const producer = posted.headers.get('x-served-by');

    /** Reads on behind the last value, wherever that is; kills a server once, if it is not the producer. */
    let text = '';
    let last = '';
    let hasKilled = false;
    const read = async (): Promise<boolean> => {
      let isOver = false;
      const response = await fetch(`${url}/runs/${id}`, {
        headers: last === '' ? {} : { 'last-event-id': last },
      });
      const server = response.headers.get('x-served-by');
      await new Promise<void>((resolve, reject) => {
        fromReadableStream(response.body!)
          .pipe(decodeSse())
          .subscribe({
            next: ({ event, id: at, data }) => {
              if (event === 'end') isOver = true;
              if (event !== 'message') return;
              text += JSON.parse(data) as string;
              last = at;
              if (hasKilled || server === producer || text.length < 50) return;
              hasKilled = true;
              process.kill(Number(server), 'SIGKILL');
            },
            complete: resolve,
            error: reject,
          });
      });
      return isOver;
    };
    let isOver = false;
    for (let tries = 0; !isOver && tries < 50; tries += 1) isOver = await read().catch(() => false);
    expect([isOver, hasKilled, text]).toEqual([true, true, TEXT]);
    expect(provider.requests).toHaveLength(1);
  });
});
