import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Told } from '../faults/processes/measure';

const ROOT = join(__dirname, '../..');

export interface OwnProcess extends Told {
  /** Milliseconds from what it reported to its end. */
  readonly exitMs: number;
  readonly exitCode: number | null;
  /** All that it printed. */
  readonly lines: readonly string[];
  /** What it printed as errors: warnings of the process among them. */
  readonly err: string;
}

/** Runs a script of `spec/faults/processes` in a process of its own, to its end. */
export function inOwnProcess(script: string, ...args: readonly string[]): Promise<OwnProcess> {
  const path = join('spec/faults/processes', `${script}.ts`);
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path, ...args], {
    cwd: ROOT,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (exitCode) => {
      const exitedAt = Date.now();
      const lines = out.trim().split('\n');
      const line = lines.at(-1) ?? '';
      if (line === '') {
        reject(new Error(`${script} told nothing: ${err}`));
        return;
      }
      const recorded = JSON.parse(line) as Told;
      resolve({ ...recorded, lines, exitCode, exitMs: exitedAt - recorded.at, err });
    });
  });
}
