import { defer, mergeMap, type OperatorFunction } from 'rxjs';
import type { ModelOutput } from '../model-output.js';
import { type MessagePart, ModelOutputs } from './model-outputs.js';

const NONE: readonly never[] = [];

/** @internal Emits what `read` makes of each chunk of models' messages, for what needs no memory of the chunks before. */
export function eachPart<R>(
  read: (part: MessagePart) => readonly R[],
): OperatorFunction<ModelOutput, R> {
  return (source$) =>
    defer(() => {
      const outputs = new ModelOutputs();
      return source$.pipe(
        mergeMap((value) => {
          const part = outputs.read(value)?.part;
          return part === undefined ? NONE : read(part);
        }),
      );
    });
}
