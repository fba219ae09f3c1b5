import { describeValue } from '../core/internal/describe-value.js';
import type { Lane, Mark, TimedRunEvent } from './diagram.js';
import { toDiagram } from './to-diagram.js';

/** How {@link runToMarbles} draws. */
export interface MarbleTextOptions {
  /** Milliseconds of one character. By default a character is an event, so that the picture does not depend on time. */
  readonly frame?: number | undefined;
}

const LETTERS: Readonly<Record<Mark['kind'], string>> = {
  start: '^',
  text: 't',
  reasoning: 'r',
  arguments: 'a',
  value: 'v',
  custom: 'c',
  retry: 'x',
  bytes: 'b',
};
const ENDINGS = { complete: '|', error: '#', unsubscribed: '!' } as const;

/**
 * Draws the events of a run as marbles in text, a line a lane: for `expect` in a test, or for a log.
 *
 * `^` is the start, `t` a piece of text, `r` of reasoning, `a` of tool arguments, `v` another value, `c` a custom event, `x` a
 * failed attempt, `b` bytes on the wire; `|` is complete, `#` an error, `!` unsubscribed, as in RxJS's own marbles. Runs
 * inside a run stand under it.
 *
 * By default a character is an event, and the same run gives the same text however fast it was. With `frame`, a character
 * is so many milliseconds, and what falls on one is a group in parentheses, as with RxJS's `TestScheduler`.
 *
 * @throws TypeError where `frame` is no number above 0.
 * @example
 * import { lastValueFrom, timestamp, toArray } from 'rxjs';
 * import { runToMarbles } from 'rxlm/marbles';
 * const greet = lambda((name: string) => `Hello ${name}!`, { name: 'greet' });
 * const events = await lastValueFrom(greet.events$('moon').pipe(timestamp(), toArray()));
 * runToMarbles(events) // => 'greet  ^t|'
 */
export function runToMarbles(
  events: Iterable<TimedRunEvent>,
  { frame }: MarbleTextOptions = {},
): string {
  if (frame !== undefined && !(typeof frame === 'number' && frame > 0 && frame < Infinity))
    throw new TypeError(
      `frame must be a number of milliseconds above 0, got ${describeValue(frame)}`,
    );
  const all = [...events];
  const { lanes } = toDiagram(all);
  const endings = frame === undefined ? endingsOf(all) : new Map<string, number>();
  const names = lanes.map(({ depth, name }) => '  '.repeat(depth) + name.replace(/\s/g, ' '));
  const width = Math.max(0, ...names.map(({ length }) => length)) + 2;
  return lanes
    .map((lane, index) => (names[index] ?? '').padEnd(width) + line(lane, frame, endings))
    .join('\n');
}

/** The index of the last event of each run. */
function endingsOf(events: readonly TimedRunEvent[]): Map<string, number> {
  return new Map(events.map(({ value: { run_id } }, index) => [run_id, index]));
}

function line(lane: Lane, frame: number | undefined, endings: ReadonlyMap<string, number>): string {
  const columns = new Map<number, string>();
  const put = (column: number, letter: string) =>
    columns.set(column, (columns.get(column) ?? '') + letter);
  const columnOf = (at: number) => Math.floor(at / (frame ?? 1));
  for (const { kind, at, event } of lane.marks)
    put(frame === undefined ? event : columnOf(at), LETTERS[kind]);
  if (lane.ending !== undefined) {
    const last = endings.get(lane.id.replace(/\/(reasoning|arguments)$/, ''));
    put(last ?? columnOf(lane.endedAt ?? 0), ENDINGS[lane.ending]);
  }
  let text = '';
  for (const [column, letters] of columns)
    text = text.padEnd(column, '-') + (letters.length > 1 ? `(${letters})` : letters);
  return text;
}
