import { concatMap, defer, type OperatorFunction } from 'rxjs';
import { replaceUsage } from '../messages/internal/replace-usage.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';
import { eachPart } from './internal/message-parts.js';
import type { ModelOutput } from './model-output.js';

/**
 * Emits what the models have cost so far, in tokens, each time that it has changed, from a stream of message chunks or of
 * run events: the sum over all messages, in which the latest report of each message counts.
 *
 * A message that was given up (a restarted attempt) counts as well: it has to be paid. The last value is the total.
 * Emits nothing where no model reports usage. Completes with its source; an error of the source follows the usage before
 * it, and so does not hide what the failure has cost; unsubscribing unsubscribes from the source. Demand passes.
 *
 *     source    -usage 21/2-text-usage 21/73-|
 *     usage()   -21/2------------21/73-------|
 *
 * @example
 * const said = (output_tokens: number) => new AIMessageChunk({ content: '', usage_metadata: { output_tokens } });
 * of(said(2), new AIMessageChunk('gold'), said(73)).pipe(usage()) // => [{ output_tokens: 2 }, { output_tokens: 73 }]
 *
 * @see {@link runTree} for the usage of each run
 */
export function usage(): OperatorFunction<ModelOutput, UsageMetadata> {
  return (source$) =>
    defer(() => {
      const byMessage = new Map<string | undefined, UsageMetadata>();
      let sum: UsageMetadata | undefined;
      return source$.pipe(
        eachPart(({ id, usage_metadata }) =>
          usage_metadata === undefined ? [] : [{ id, now: usage_metadata }],
        ),
        concatMap(({ id, now }) => {
          const before = byMessage.get(id);
          if (before !== undefined && isSame(before, now)) return [];
          byMessage.set(id, now);
          sum = replaceUsage(sum, before, now);
          return [sum];
        }),
      );
    });
}

function isSame(a: UsageMetadata, b: UsageMetadata): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
