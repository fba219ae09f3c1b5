import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom, Subject } from 'rxjs';
import { pageCommand } from '../../lib/cli/page-command';

describe('pageCommand', () => {
  it('serves the page until it is unsubscribed', async () => {
    const assets = mkdtempSync(join(tmpdir(), 'rxlm-page-'));
    for (const file of ['index.html', 'page.js', 'page.css'])
      writeFileSync(join(assets, file), file);
    const printed$ = new Subject<string>();
    const printed = firstValueFrom(printed$);
    const out = (text: string) => {
      printed$.next(text);
    };
    const page = pageCommand({ port: 0, assets }, { out, err: out }).subscribe();
    const url = (await printed).replace('rxlm page: ', '').trim();
    expect(await (await fetch(url)).text()).toBe('index.html');
    page.unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(url)).rejects.toThrow();
    rmSync(assets, { recursive: true });
  });

  it('fails where the page was not built', async () => {
    const run$ = pageCommand({ port: 0, assets: '/nowhere' }, { out: jest.fn(), err: jest.fn() });
    await expect(firstValueFrom(run$)).rejects.toThrow(/ENOENT/);
  });
});
