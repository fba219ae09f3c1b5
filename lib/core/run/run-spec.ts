import type { OperatorFunction } from 'rxjs';
import type { RunConfig } from '../run-config.js';
import type { RunListener, RunType } from '../events/run-event.js';

/** What is known of a run before it is run: how it is named, and how its chunks make a whole. */
export interface RunSpec {
  readonly name: string;
  readonly runType: RunType;
  readonly fold: OperatorFunction<never, unknown>;
  /** Hear of its runs and of the runs inside, beside those of the config. */
  readonly listeners?: readonly RunListener[] | undefined;
  /** The input as a nested run's events show it. */
  showInput(input: never): unknown;
  /** What the start and the ending of a run with this input say beside it. */
  inputData?(input: never): object | undefined;
  /** What this run alone has for metadata. */
  localMetadata(config: RunConfig): Readonly<Record<string, unknown>> | undefined;
  /** The error of a run that took longer than its `timeout`; `partial` is what its body says it had by then. */
  timedOut(ms: number, partial: unknown): unknown;
}

/** The key under which a composition names a step's place: `seq:step:1`, `map:key:k`. Never inherited. */
export const LOCAL_TAGS: unique symbol = Symbol.for('rxlm.localTags');

/** @internal The parts of an event that belong to one run alone. */
export function describeRun(
  spec: RunSpec,
  config: RunConfig & { readonly [LOCAL_TAGS]?: readonly string[] },
): {
  name: string;
  localTags: readonly string[] | undefined;
  localMetadata: Readonly<Record<string, unknown>> | undefined;
} {
  return {
    name: config.runName ?? spec.name,
    localTags: config[LOCAL_TAGS],
    localMetadata: spec.localMetadata(config),
  };
}
