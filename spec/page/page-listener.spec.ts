import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lastValueFrom } from 'rxjs';
import { isTimedRunEvent } from '../../lib/marbles/to-diagram';
import { pageListener } from '../../lib/page/page-listener';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model';
import { eventAt } from '../support/timed-events';

/** A page that keeps what it gets. */
async function listen() {
  const lines: unknown[] = [];
  const types = new Set<unknown>();
  const server = createServer((request, response) => {
    types.add(request.headers['content-type']);
    let text = '';
    request.on('data', (data) => (text += String(data)));
    request.on('end', () => {
      lines.push(
        ...text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      );
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { url, lines, types, close: () => server.close() };
}
const names = (lines: unknown[]) =>
  lines.map((line) => (line as { value: { event: string } }).value.event);
async function until(done: () => boolean) {
  for (let turn = 0; turn < 300 && !done(); turn++) await new Promise((r) => setTimeout(r, 10));
}

describe('pageListener', () => {
  it('sends the events of a run with their times, in order', async () => {
    const page = await listen();
    const model = new FakeChatModel([['gold', 'fish']]);
    await lastValueFrom(model.stream$('Hi', { listeners: [pageListener({ url: page.url })] }));
    await until(() => names(page.lines).includes('on_chat_model_end'));
    expect(names(page.lines)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    expect(page.lines.every(isTimedRunEvent)).toBe(true);
    expect([...page.types]).toEqual(['application/x-ndjson']);
    page.close();
  });

  it('sends what redact returns', async () => {
    const page = await listen();
    const show = pageListener({
      url: page.url,
      redact: (event) => (event.name === 'secret' ? undefined : { ...event, tags: ['shown'] }),
    });
    show(eventAt(0, 'on_chain_start', { name: 'secret' }).value);
    show(eventAt(0, 'on_chain_start', { name: 'public' }).value);
    await until(() => page.lines.length > 0);
    expect(page.lines).toMatchObject([{ value: { name: 'public', tags: ['shown'] } }]);
    page.close();
  });

  it('drops events rather than keep more than it may, and what JSON cannot write', async () => {
    const page = await listen();
    const show = pageListener({ url: page.url, maxWaiting: 1000 });
    show(eventAt(0, 'on_chain_start', { data: 1n }).value);
    for (let index = 0; index < 100; index++) show(eventAt(0, 'on_chain_start').value);
    await until(() => page.lines.length > 0);
    expect(page.lines.length).toBeLessThan(10);
    page.close();
  });

  it('disturbs no run where no page is there', async () => {
    const page = await listen();
    page.close();
    const model = new FakeChatModel(['gold']);
    const run$ = model.stream$('Hi', { listeners: [pageListener({ url: page.url })] });
    await expect(lastValueFrom(run$)).resolves.toMatchObject({ content: 'gold' });
    await new Promise((resolve) => setTimeout(resolve, 200));
  });

  it('sends all events of a process that ends at once', async () => {
    const page = await listen();
    const root = join(__dirname, '../..');
    const code = `
      import { pageListener } from './lib/page/index.ts';
      import { lambda } from './lib/index.ts';
      const greet = lambda((name) => 'Hello ' + name, { name: 'greet' });
      greet.stream$('moon', { listeners: [pageListener({ url: '${page.url}' })] }).subscribe();`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', code];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    expect(names(page.lines)).toEqual(['on_chain_start', 'on_chain_stream', 'on_chain_end']);
    page.close();
  });

  it.each([
    [{ url: 'http://example.test' }, /^url must be the address of a page on this machine/],
    [{ url: 'https://127.0.0.1:1' }, /^url must be/],
    [{ url: 'nowhere' }, /^url must be/],
    [{ redact: 1 }, /^redact must be a function, got 1/],
    [{ maxWaiting: 0 }, /^maxWaiting must be a number/],
  ])('refuses %j', (options, message) => {
    expect(() => pageListener(options as never)).toThrow(message);
  });
});
