import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, take, throwError } from 'rxjs';
import { drawRun } from '../../lib/cli/draw-run';
import { lambda } from '../../lib/runnables/lambda';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model';

const folder = mkdtempSync(join(tmpdir(), 'rxlm-pictures-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const svg = join(folder, 'run.svg');
const html = join(folder, 'run.html');
const read = (file: string) => readFileSync(file, 'utf8');

describe('drawRun', () => {
  const model = new FakeChatModel([
    ['gold', 'fish'],
    ['gold', 'fish'],
    ['gold', 'fish'],
  ]);

  it('writes both pictures when the run is over', async () => {
    await lastValueFrom(drawRun({ svg, html }, (listeners) => model.stream$('Hi', { listeners })));
    expect(read(svg)).toMatch(/<title>(2 × text|text, 4 characters), /);
    expect(read(html)).toMatch(/^<!doctype html>/);
  });

  it('shows that a run was unsubscribed, and that one failed', async () => {
    const stop = (listeners: never) => model.stream$('Hi', { listeners }).pipe(take(1));
    await lastValueFrom(drawRun({ svg, html: undefined }, stop as never));
    expect(read(svg)).toContain('<title>unsubscribed</title>');
    const failing = lambda(() => throwError(() => new Error('no moon')));
    const fail$ = drawRun({ svg, html: undefined }, (listeners) =>
      failing.stream$('x', { listeners }),
    );
    await expect(lastValueFrom(fail$)).rejects.toThrow('no moon');
    expect(read(svg)).toContain('Error: no moon');
  });

  it('fails before the run where a file cannot be written', async () => {
    let runs = 0;
    const run$ = drawRun({ svg: join(folder, 'none/x.svg'), html: undefined }, () => {
      runs += 1;
      return throwError(() => new Error('never'));
    });
    await expect(lastValueFrom(run$)).rejects.toThrow(/ENOENT/);
    expect(runs).toBe(0);
  });

  it('adds no listener where nothing is drawn', async () => {
    const heard: unknown[] = [];
    const run$ = drawRun({ svg: undefined, html: undefined }, (listeners) => {
      heard.push(listeners);
      return model.stream$('Hi', { listeners });
    });
    await lastValueFrom(run$);
    expect(heard).toEqual([[]]);
  });
});
