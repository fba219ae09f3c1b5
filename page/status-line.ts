import type { Diagram } from 'rxlm/marbles';
import type { RunResult } from './run-result.js';

/** One line on how a run stands; of one that was stopped, what became of its connection. */
export function statusOf({ lanes, duration }: Diagram, { status }: RunResult): string {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  if (status === 'running') return `streaming, ${ms(duration)}`;
  if (status !== 'stopped') return `${status} after ${ms(lanes[0]?.endedAt ?? duration)}`;
  const stopped = lanes[0]?.endedAt ?? 0;
  const wire = lanes.findLast(({ type }) => type === 'wire');
  if (wire?.endedAt === undefined) return `stopped after ${ms(stopped)}`;
  const close = `socket closed ${ms(Math.max(0, wire.endedAt - stopped))} later`;
  return `stopped after ${ms(stopped)}; ${close}${wire.note === undefined ? '' : `: ${wire.note}`}`;
}
