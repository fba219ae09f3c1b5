import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { TimedRunEvent } from '../../lib/marbles/diagram';
import { toDiagram } from '../../lib/marbles/to-diagram';
import { type OpenPage, startPage } from '../../lib/page/start-page';
import { eventAt, modelEvents } from '../support/timed-events';

const ROOT = join(__dirname, '../..');
const assets = mkdtempSync(join(tmpdir(), 'rxlm-page-'));
const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
jest.setTimeout(60_000);

let browser: Browser;
let served: OpenPage;
let page: Page;
/** Errors of the page, and requests to anywhere but its server. */
let wrong: string[];

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/build-page.mjs', assets], { cwd: ROOT });
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(assets, { recursive: true });
});
beforeEach(async () => {
  served = await startPage({ port: 0, assets });
  wrong = [];
  await open({});
});
afterEach(async () => {
  await page.close();
  await served.close();
  expect(wrong).toEqual([]);
});

async function open(options: Parameters<Browser['newPage']>[0]) {
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url)) wrong.push(request.url());
  });
  await page.goto(served.url);
  await page.waitForSelector('#scenario option', { state: 'attached' });
}

/** Sends a scenario; speed and bytes as the sliders have them, in powers of two. */
async function send(scenario: string, speed = 0) {
  await page.selectOption('#scenario', scenario);
  await page.fill('#speed', String(speed));
  await page.click('#send');
}
const status = () => page.textContent('#status').then((text) => text ?? '');
const waitForStatus = (begin: string) =>
  page.waitForFunction(
    (text) => document.querySelector('#status')?.textContent.startsWith(text),
    begin,
  );
const lanes = () =>
  page.$$eval('#timeline .lane', (all) => all.map((lane) => lane.getAttribute('aria-label') ?? ''));
const marblesOf = (label: string | undefined) => Number(/(\d+) marbles/.exec(label ?? '')?.[1]);
const labelsOf = (events: readonly TimedRunEvent[]) =>
  toDiagram(events).lanes.map(
    ({ name, marks, ending }) => `${name}, ${String(marks.length)} marbles, ${ending ?? 'running'}`,
  );

/** The events as the page's own server sends them. */
async function served$(count: number): Promise<TimedRunEvent[]> {
  const response = await fetch(`${served.url}/events`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const found = [...text.matchAll(/^data: (.*)\n\n/gm)];
    if (found.length >= count) {
      await reader.cancel();
      return found.slice(0, count).map(([, data]) => JSON.parse(data!) as TimedRunEvent);
    }
    text += (await reader.read()).value ?? '';
  }
}
const bring = (events: readonly TimedRunEvent[]) =>
  fetch(`${served.url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  });

describe('the page, in Chromium', () => {
  it('has at most 80 kB of script, gzipped', () => {
    expect(gzipSync(readFileSync(join(assets, 'page.js'))).length).toBeLessThan(80_000);
  });

  it('shows marbles while the run streams', async () => {
    await send('text');
    await page.waitForFunction(() => document.querySelectorAll('#timeline .lane').length > 3);
    const before = marblesOf((await lanes())[0]);
    expect(await status()).toMatch(/^streaming/);
    await page.waitForTimeout(300);
    expect(marblesOf((await lanes())[0])).toBeGreaterThan(before);
    await waitForStatus('done');
    expect(await page.textContent('#answer')).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
  });

  it('closes the provider’s socket on Stop, and says when and what was not generated', async () => {
    await send('text');
    await page.waitForFunction(
      () => (document.querySelector('#answer')?.textContent ?? '').length > 20,
    );
    await page.click('#stop');
    await waitForStatus('stopped');
    await page.waitForFunction(() =>
      /socket closed/.test(document.querySelector('#status')?.textContent ?? ''),
    );
    const [, ms] = /socket closed ([\d.]+) ms later: client closed; \d+ tokens not generated$/.exec(
      await status(),
    )!;
    expect(Number(ms)).toBeLessThan(100);
    expect((await lanes()).find((label) => label.startsWith('wire'))).toMatch(/, unsubscribed$/);
    expect(await page.isDisabled('#stop')).toBe(true);
  });

  it('shows at any event the state that the same fold has in Node', async () => {
    await send('tools', 3);
    await waitForStatus('done');
    await page.waitForTimeout(200);
    const total = Number(await page.getAttribute('#position', 'max'));
    const events = await served$(total);
    for (const count of [1, 20, 77, total - 3, total]) {
      await page.fill('#position', String(count));
      await page.waitForFunction(
        (text) => document.querySelector('#position-shown')?.textContent === text,
        `${String(count)} of ${String(total)}`,
      );
      expect(await lanes()).toEqual(labelsOf(events.slice(0, count)));
    }
    await page.click('#back');
    await page.click('#back');
    await page.click('#on');
    await page.waitForFunction(
      (text) => document.querySelector('#position-shown')?.textContent === text,
      `${String(total - 1)} of ${String(total)}`,
    );
    await page.click('#replay');
    await page.waitForFunction(
      (text) => document.querySelector('#position-shown')?.textContent === text,
      `${String(total)} of ${String(total)}`,
    );
  });

  it.each([
    ['overloaded', /^overloaded: /],
    ['malformed', /^not_json: /],
    ['cut', /^connection: /],
  ])('shows the typed error of: %s', async (scenario, failure) => {
    await send(scenario, 4);
    await waitForStatus('failed');
    expect(await page.textContent('#failure')).toMatch(failure);
  });

  it('shows a hostile answer as text', async () => {
    await send('hostile', 4);
    await waitForStatus('done');
    const shown = (await page.textContent('main'))!;
    expect(await page.title()).toBe('rxlm: runs as marbles');
    expect(await page.locator('img, a, main script').count()).toBe(0);
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(shown).not.toMatch(/[\0-\x08\x0b-\x1f\u202e\u2066]/);
    expect(shown.length).toBeLessThan(100_000);
  });

  it('can be used with the keyboard alone', async () => {
    await page.focus('#send');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => (document.querySelector('#answer')?.textContent ?? '').length > 5,
    );
    await page.focus('#stop');
    await page.keyboard.press('Enter');
    await waitForStatus('stopped');
    await page.focus('.lane');
    await page.keyboard.press('End');
    await page.waitForFunction(
      () =>
        document.querySelector('.lane')?.getAttribute('aria-valuenow') ===
        document.querySelector('.lane')?.getAttribute('aria-valuemax'),
    );
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() =>
      document.querySelector('.lane')?.getAttribute('aria-valuetext')?.startsWith('text'),
    );
    expect(await page.textContent('#hover')).toMatch(
      /^Text: text, \d+ characters?, .* ← ChatAnthropic: text.* ← wire: bytes/,
    );
    expect(await page.textContent('#detail')).toContain('"event": "on_chain_stream"');
    await page.keyboard.press(']');
    expect(
      await page.evaluate(() => (document.activeElement as HTMLElement).dataset['index']),
    ).toBe('1');
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe knows in the %s theme',
    async (colorScheme) => {
      await page.close();
      await open({ colorScheme, bypassCSP: true });
      await send('tools', 4);
      await waitForStatus('done');
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { run } = (
          globalThis as unknown as {
            axe: {
              run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
            };
          }
        ).axe;
        return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect(violations).toEqual([]);
    },
  );

  it('has no sideways scrolling at 400 % zoom', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await send('tools', 4);
    await waitForStatus('done');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );
  });

  it('shows runs of other processes, filters their events, and compares two', async () => {
    await bring(
      modelEvents(['gold', 'fish']).map((event) => ({
        ...event,
        value: { ...event.value, run_id: 'a' },
      })),
    );
    await bring([eventAt(1, 'on_chain_start', { run_id: 'b', name: '<b>other</b>' })]);
    await page.waitForFunction(() => document.querySelectorAll('#run option').length === 2);
    expect(await page.locator('#run option').allTextContents()).toEqual([
      '1: model',
      '2: <b>other</b>',
    ]);
    await page.selectOption('#run', 'a');
    await page.selectOption('#compare', 'b');
    await page.waitForSelector('#compared .lane');
    await page.fill('#filter', 'fish');
    await page.waitForFunction(
      () => document.querySelector('#filter-shown')?.textContent === '1 of 4',
    );
    await page.click('.row');
    await page.waitForFunction(() =>
      document.querySelector('#detail')?.textContent.includes('"content": "fish"'),
    );
  });

  it('shows 20,000 events, with as many elements as fit on a screen', async () => {
    const events = modelEvents(Array<string>(20_000).fill('token '));
    for (let start = 0; start < events.length; start += 5000)
      await bring(events.slice(start, start + 5000));
    await page.waitForFunction(
      () => document.querySelector('#position-shown')?.textContent === '20002 of 20002',
    );
    expect((await lanes())[0]).toBe('model, 20001 marbles, complete');
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(500);
  });
});
