import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { until } from './redis-runs';

const ROOT = join(__dirname, '../..');

export interface ProducerProcess {
  readonly lines: readonly string[];
  signal(signal: NodeJS.Signals): void;
  close(): void;
}

/** Starts a process of its own that produces a run; settles when the run is there. */
export async function startProducer(
  redis: string,
  provider: string,
  id: string,
  leaseMs: number,
): Promise<ProducerProcess> {
  const script = join('spec/e2e/processes', 'durable-producer.ts');
  const args = ['--import', 'tsx', script, redis, provider, id, String(leaseMs)];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout!.on('data', (data: Buffer) => lines.push(...data.toString().trim().split('\n')));
  await until(() => lines.length > 0, 'the producer starts', 30_000);
  return {
    lines,
    signal: (signal) => child.kill(signal),
    close: () => child.kill('SIGKILL'),
  };
}
