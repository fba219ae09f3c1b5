import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { count$, RedisBench, until } from '../support/redis-runs';

jest.setTimeout(60_000);
const bench = new RedisBench();
afterEach(() => bench.close());
const ROOT = join(__dirname, '../..');

function rxlm(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    cwd: ROOT,
  });
  const seen = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (seen.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (seen.err += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { seen, ended, interrupt: () => child.kill('SIGINT') };
}

describe('rxlm runs', () => {
  it('lists, joins and cancels the runs of another process; leaving one does it no harm', async () => {
    const { url } = await bench.server();
    const runs = bench.runs({ store: await bench.store(url) });
    await runs.start('answer', () => count$(10_000), { meta: { owner: 'ada' } });

    const list = rxlm('runs', 'list', '--redis', url);
    expect(await list.ended).toBe(0);
    expect(list.seen.out).toMatch(/^answer\topen\t\d+\t\{"owner":"ada"\}\n$/);

    const left = rxlm('runs', 'join', 'answer', '--redis', url);
    await until(() => left.seen.out.includes('\n'), 'values');
    left.interrupt();
    expect(await left.ended).toBe(130);
    expect(left.seen.err).toContain('The run goes on');

    const joined = rxlm('runs', 'join', 'answer', '--json', '--redis', url);
    await until(() => joined.seen.out.split('\n').length > 20, 'more values');
    const cancel = rxlm('runs', 'cancel', 'answer', '--redis', url);
    expect([await cancel.ended, cancel.seen.out]).toEqual([0, 'cancelled\n']);
    expect(await joined.ended).toBe(1);
    expect(joined.seen.err).toBe('rxlm: durable run: the run was cancelled\n');
    const lines = joined.seen.out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { value: number }).value)).toEqual(
      Array.from(lines, (_, at) => at),
    );

    const again = rxlm('runs', 'cancel', 'answer', '--redis', url);
    expect([await again.ended, again.seen.err]).toEqual([1, 'rxlm: there is no open run answer\n']);
  });

  it('says that Redis cannot be reached, and nothing of its address', async () => {
    const { seen, ended } = rxlm('runs', 'list', '--redis', 'redis://any:secret@127.0.0.1:1');
    expect(await ended).toBe(1);
    expect(seen.err).toMatch(/^rxlm: Redis cannot be reached[^@]*\n$/);
  });
});
