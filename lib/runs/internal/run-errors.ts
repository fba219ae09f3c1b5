import { ModelError, type ModelErrorOptions } from '../../errors/model-error.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { RunEnding } from '../run-ending.js';

const TEXTS = {
  cancelled: 'the run was cancelled',
  limit: 'the run has grown beyond its limit. Raise maxEntries or maxChars of durableRuns',
  producer_lost: 'the process that produced the run is gone. Start a new run',
  stream_lost: 'the store has lost a part of the run. Start a new run',
  gap: 'there is no such place in this run. Join it from its beginning',
  unknown_run: 'there is no run of this id: it never was, or its time is over',
  exists: 'there is a run of this id already. Join it, or start one with a new id',
} as const;

/** @internal */
export function runError(code: keyof typeof TEXTS): RxlmError {
  return new RxlmError(`durable run: ${TEXTS[code]}`, { code });
}

/** @internal The error with which viewers learn of an ending, or undefined for that of success. */
export function errorOfEnding({ state, error }: RunEnding): RxlmError | undefined {
  if (state === 'end') return undefined;
  if (state !== 'error') return runError(state);
  const { name, message, code, ...rest } = error ?? {};
  const text = typeof message === 'string' ? message : 'the run failed';
  if (name === 'ModelError' && typeof code === 'string')
    return new ModelError(text, { ...rest, code } as ModelErrorOptions);
  return new RxlmError(text, { code: typeof code === 'string' ? code : 'failed' });
}
