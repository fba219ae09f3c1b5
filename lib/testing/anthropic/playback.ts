import { checkChunking, type Chunking } from '../http/chunking.js';
import { seededRandom, type Random } from '../http/seeded-random.js';

/** How recordings become bytes on a socket. */
export interface PlaybackOptions {
  /** How fast recorded times pass: 1 is as recorded, 10 ten times as fast. Default: `Infinity`, all at once. */
  readonly speed?: number;
  /** Milliseconds between two events where the later has no time of its own. Default: 0. */
  readonly delayMs?: number;
  /** How the bytes due at one moment are cut into socket writes. Default: `'event'`. */
  readonly chunking?: Chunking;
  /** Added to the head of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the 0 to 15 spaces in front of a frame's last brace come from. Default: seeded, so that runs are alike. */
  readonly random?: Random;
}

export type Playback = Required<PlaybackOptions>;

export function playbackOf(options: PlaybackOptions): Playback {
  const { speed = Infinity, delayMs = 0, chunking = 'event', headers = {} } = options;
  if (!(speed > 0)) throw new TypeError(`speed must be greater than 0, not ${speed}`);
  if (!(delayMs >= 0 && delayMs < Infinity)) {
    throw new TypeError(`delayMs must be 0 or more milliseconds, not ${delayMs}`);
  }
  checkChunking(chunking);
  return { speed, delayMs, chunking, headers, random: options.random ?? seededRandom() };
}
