import { cpus, totalmem } from 'node:os';
import type { measureFanOut } from './fan-out.js';
import type { Verdict } from './faults.js';
import type { measureJoiners } from './joiners.js';
import type { measureSpeed } from './speed.js';

export interface Results {
  readonly faults: Readonly<Record<string, Readonly<Record<string, Verdict>>>>;
  readonly speed: Awaited<ReturnType<typeof measureSpeed>>;
  readonly joiners: readonly [plain: Joiners, merged: Joiners];
  readonly fanOut: Awaited<ReturnType<typeof measureFanOut>>;
}
type Joiners = Awaited<ReturnType<typeof measureJoiners>>;

/** The tables of docs/durable-runs.md. */
export function report({ faults, speed, joiners, fanOut }: Results): string {
  const names = Object.keys(Object.values(faults)[0] ?? {});
  const [plain, merged] = joiners;
  const share = speed.memoryPerEvent / speed.bytesPerEvent;
  const joined = ({ complete, seconds, outputMiB, processMiB }: Joiners) =>
    `${String(complete)} whole in ${seconds.toFixed(2)} s; ${outputMiB.toFixed(1)} MiB of output buffers, ${processMiB.toFixed(0)} MiB more in the process`;
  const rows: [string, string][] = [
    [
      'one append, p50 (p99)',
      `${speed.appendMs.toFixed(2)} ms (${speed.appendP99Ms.toFixed(2)}); a bare \`XADD\` ${speed.xaddMs.toFixed(2)} ms`,
    ],
    ['values a second from one process, in batches', speed.eventsPerSecond.toFixed(0)],
    [
      `memory in Redis for a value of ${speed.bytesPerEvent.toFixed(0)} bytes`,
      `${speed.memoryPerEvent.toFixed(0)} bytes (${share.toFixed(2)} ×), snapshots included`,
    ],
    [
      `${String(plain.joiners)} viewers join a run of ${String(plain.values)} values, none merged`,
      joined(plain),
    ],
    ['the same, as usual: deltas merged', joined(merged)],
    [
      `${String(fanOut.viewers)} viewers of one live run, ${fanOut.perSecond.toFixed(0)} values a second, ${String(fanOut.processes)} processes`,
      `${String(fanOut.whole)} whole; ${fanOut.delayMs.toFixed(0)} ms p50, ${fanOut.delayP99Ms.toFixed(0)} ms p99 behind the source; ${(fanOut.cpuShare * 100).toFixed(0)} % of a core and ${fanOut.processMiB.toFixed(0)} MiB a process; Redis sends ${(fanOut.sentPerValue / 1024).toFixed(1)} KiB a value`,
    ],
  ];
  const cell = (verdict: Verdict | undefined) =>
    verdict === undefined ? '' : `${verdict.isFine ? '' : '✗ '}${verdict.text}`;
  return [
    `Measured on ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.version}, with Redis and all processes on this one machine.`,
    '',
    table(
      ['', ...names],
      [
        ...Object.entries(faults).map(([fault, row]) => [
          fault,
          ...names.map((name) => cell(row[name])),
        ]),
      ],
    ),
    '',
    table(['', 'rxlm'], rows),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
