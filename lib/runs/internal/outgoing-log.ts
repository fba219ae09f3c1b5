import { ClientGate } from '../../core/demand/client-gate.js';
import { emitWarning } from '../../core/internal/emit-warning.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { RunSettings } from '../durable-run-options.js';
import type { RunEnding } from '../run-ending.js';
import type { RunBatch } from '../run-store.js';
import { CompactedLog } from './compacted-log.js';

/** Characters that wait for the store before a source is asked to wait, and of one append about. */
const MOST_WAITING = 256 * 1024;
const MOST_ENTRIES = 1_000;

/** @internal What a producer has still to append: the batch under way, and what comes behind it. */
export class OutgoingLog {
  readonly gate = new ClientGate((error) => {
    emitWarning(error, {
      what: 'A durable run: its source failed after it was unsubscribed',
      remedy: 'Its teardown should not throw.',
      name: 'RxlmRunWarning',
      code: 'RXLM_RUN',
    });
  });
  ending: RunEnding | undefined;
  /** Whether the store is to be asked although nothing waits. */
  mustAsk = false;
  /** Whether the ending is stored. */
  isDone = false;
  readonly #compacted: CompactedLog | undefined;
  readonly #limits: Pick<RunSettings, 'maxEntries' | 'maxChars'>;
  #waiting: string[] = [];
  #waitingChars = 0;
  #count = 0;
  #chars = 0;
  #acknowledged = 0;
  #underWay: Pick<RunBatch, 'entries' | 'ending'> = { entries: [] };

  constructor({ maxEntries, maxChars, snapshots }: RunSettings) {
    this.#limits = { maxEntries, maxChars };
    this.#compacted = snapshots ? new CompactedLog() : undefined;
  }

  get hasMore(): boolean {
    return !this.isDone && (this.#waiting.length > 0 || this.ending !== undefined || this.mustAsk);
  }

  /** False if the value does not fit any more. */
  put(value: unknown): boolean {
    const text = toJson(value);
    if (
      this.#count + 1 > this.#limits.maxEntries ||
      this.#chars + text.length > this.#limits.maxChars
    )
      return false;
    this.#count += 1;
    this.#chars += text.length;
    this.#waiting.push(text);
    this.#waitingChars += text.length;
    this.#compacted?.add(this.#count, value, text.length);
    this.gate.closed = this.#waitingChars > MOST_WAITING;
    return true;
  }

  /** The next batch. Until it is acknowledged, the caller repeats it as it is. */
  take(): Pick<RunBatch, 'after' | 'entries' | 'snapshot' | 'ending'> {
    this.mustAsk = false;
    const isAll = this.#waiting.length <= MOST_ENTRIES;
    const entries = isAll ? this.#waiting : this.#waiting.slice(0, MOST_ENTRIES);
    this.#waiting = isAll ? [] : this.#waiting.slice(MOST_ENTRIES);
    this.#waitingChars = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    const ending = isAll ? this.ending : undefined;
    // A snapshot stands for all values so far, so that all of them must be in the log with it.
    const snapshot = isAll ? this.#compacted?.snapshot() : undefined;
    this.#underWay = { entries, ending };
    return {
      after: this.#acknowledged,
      entries,
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(ending === undefined ? {} : { ending }),
    };
  }

  appended(): void {
    this.#acknowledged += this.#underWay.entries.length;
    this.isDone = this.#underWay.ending !== undefined;
    this.#underWay = { entries: [] };
    this.gate.closed = this.#waitingChars > MOST_WAITING;
    this.gate.open();
  }
}

function toJson(value: unknown): string {
  try {
    // What JSON has no word for is null, as in an array.
    return stringify(value) ?? 'null';
  } catch (cause) {
    throw new RxlmError('durable run: a value cannot be written as JSON', {
      code: 'invalid_value',
      cause,
    });
  }
}

const stringify: (value: unknown) => string | undefined = JSON.stringify;
