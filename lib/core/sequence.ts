import { type Observable, type OperatorFunction } from 'rxjs';
import { COMMITS, type RunConfig } from './run-config.js';
import { RunInput } from './run-input.js';
import { LOCAL_TAGS, type RunSpec } from './run/run-spec.js';
import { type OpenRun, runChunks$, runWhole$ } from './run/run-lifecycle.js';

/** What a step of a sequence is, for the sequence. */
export interface Step extends RunSpec {
  readonly takes: 'whole' | 'chunks';
  checkInput(input: never): void;
  run$(input: RunInput<never>, config: RunConfig): Observable<unknown>;
}

export type Steps = readonly [Step, ...Step[]];

/**
 * @internal Runs steps one behind the other as one run: each takes the chunks of the one before as they arrive,
 * or their whole, as it is made to.
 */
export function runSequence$<C>(
  spec: RunSpec,
  steps: Steps,
  input: RunInput<unknown>,
  config: RunConfig,
): Observable<C> {
  const chain = (first: RunInput<unknown>, run: OpenRun) => {
    const configOf = (index: number) => {
      const next = steps[index + 1];
      return run.configFor({
        [LOCAL_TAGS]: [`seq:step:${String(index + 1)}`],
        ...(next === undefined ? {} : { [COMMITS]: next.takes === 'chunks' }),
      });
    };
    const [head, ...rest] = steps;
    let before = head;
    let output$ = head.run$(first as RunInput<never>, configOf(0));
    rest.forEach((step, index) => {
      const chunks = new RunInput<never>(output$, before.fold as OperatorFunction<never, never>);
      output$ = step.run$(chunks, configOf(index + 1));
      before = step;
    });
    return output$ as Observable<C>;
  };
  return steps[0].takes === 'whole'
    ? runWhole$(spec, input, config, (value, run) => chain(RunInput.of(value), run))
    : runChunks$(spec, input, config, (chunks$, run) =>
        chain(new RunInput(chunks$, input.fold, input.given), run),
      );
}
