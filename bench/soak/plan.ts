import { faultPath } from '../../lib/testing/anthropic/fault-url.js';
import type { FaultParams } from '../../lib/testing/anthropic/faults/fault.js';
import {
  type FaultName,
  faultNames,
  faults,
} from '../../lib/testing/anthropic/faults/all-faults.js';
import { seededRandom } from '../../lib/testing/http/seeded-random.js';
import { type Dice, diceOf } from './dice.js';

/** How a run is looked at. */
export const VIEWS = [
  'stream$',
  'events$',
  'invoke',
  'toAsyncIterable',
  'streamEvents',
  'toReadableStream',
  'chain',
  'share',
] as const;

/** Everything that is chosen for one run. */
export interface Plan {
  readonly index: number;
  readonly fault: FaultName | 'refused';
  /** Below the server's URL. */
  readonly path: string;
  readonly view: (typeof VIEWS)[number];
  /** When its consumer leaves by itself: after so many milliseconds, at its k-th value, or not at all. */
  readonly leave: { readonly ms: number } | { readonly values: number } | undefined;
  /** Milliseconds that the consumer takes for each value, where it is one that can wait. */
  readonly pace: number;
  /** The signal it is given: none, the one that all share, one aborted after so many milliseconds (0: before it begins). */
  readonly signal: 'shared' | number | undefined;
  /** `config.timeout` */
  readonly timeout: number | undefined;
  readonly maxRetries: number;
  readonly timeouts: {
    readonly headers: number;
    readonly idle: number;
    readonly content: number;
    readonly total: number;
  };
  readonly listen: boolean;
}

/** Faults that take a second and more of both processes: they come more rarely. */
const HEAVY: ReadonlySet<string> = new Set([
  'many-deltas',
  'many-blocks',
  'large-event',
  'tool-large',
  'tool-deep',
  'deep-json',
  'gzip-bomb',
  'endless-stream',
  'endless-line',
  'endless-event',
  'endless-error-body',
]);
const light = faultNames.filter((name) => !HEAVY.has(name));
const heavy = faultNames.filter((name) => HEAVY.has(name));

/** The plan of the run number `index`: the same for the same seed, whatever ran before it. */
export function planOf(seed: number, index: number): Plan {
  const dice = diceOf(seededRandom(seed * 1_000_003 + index));
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 8; i += 1) dice.below(2);
  const fault = dice.chance(0.01)
    ? 'refused'
    : dice.chance(0.02)
      ? dice.oneOf(heavy)
      : dice.oneOf(light);
  return {
    index,
    fault,
    path:
      fault === 'refused'
        ? ''
        : faultPath(fault, { ...paramsOf(fault, dice), ...timesOf(index, dice) }),
    view: dice.oneOf(VIEWS),
    leave: dice.chance(0.5)
      ? undefined
      : dice.chance(0.5)
        ? { ms: dice.below(200) }
        : { values: 1 + dice.below(8) },
    pace: dice.chance(0.2) ? dice.below(30) : 0,
    signal: dice.chance(0.4) ? 'shared' : dice.chance(0.3) ? dice.below(200) : undefined,
    timeout: dice.chance(0.15) ? 1 + dice.below(400) : undefined,
    maxRetries: dice.below(3),
    timeouts: {
      headers: 100 + dice.below(400),
      idle: 100 + dice.below(400),
      content: 200 + dice.below(800),
      total: dice.chance(0.3) ? 1 + dice.below(2000) : 3000,
    },
    listen: dice.chance(0.3),
  };
}

/** The fault's own parameters, mostly; the small numbers among them sometimes others. */
function paramsOf(name: FaultName, dice: Dice): Record<string, number | string> {
  const params = Object.entries<number | string>(faults[name].params as FaultParams);
  const changed = params.flatMap(([param, value]) =>
    typeof value === 'number' && value < 2000 && !KEPT.has(param) && dice.chance(0.5)
      ? [[param, dice.below(2 * Math.abs(value) + 3)] as const]
      : [],
  );
  return Object.fromEntries(changed);
}

/** Once, sometimes, as a number that is this run's alone: the server counts by URL. */
const timesOf = (index: number, dice: Dice): { times?: number } =>
  dice.chance(0.2) ? { times: 1 - index / 1e9 } : {};

/** Numbers that name something: a status, a megabyte. */
const KEPT: ReadonlySet<string> = new Set(['code', 'megabytes']);
