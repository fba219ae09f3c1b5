import {
  defer,
  filter,
  type GroupedObservable,
  groupBy,
  map,
  type OperatorFunction,
  ReplaySubject,
} from 'rxjs';
import type { ContentBlockStream } from './content-block-stream.js';
import { type BlockStep, MessageBlocks, type OpenBlock } from './internal/message-blocks.js';
import type { ModelOutput } from './model-output.js';
import { readMessages } from './internal/read-messages.js';

/**
 * Emits an Observable for each content block, when the block begins, from a stream of message chunks or of run events. The
 * inner Observable emits what the block brings and completes when the block ends.
 *
 * `kind` says what it emits: `text` and `reasoning` emit strings, `tool_call` the states of a call (as `toolCalls({ growing:
 * true })` does), `other` the pieces as the chunks have them, with the provider's `type`. Text, reasoning and other blocks end
 * where the next block of their message begins, a call when it is complete or invalid, all of them with their message, and
 * also where the run that makes the message fails or is cancelled inside a run that goes on.
 *
 * A late subscriber to a block gets its pieces from the beginning, or the latest state of a call, so `concatMap` shows blocks
 * one after the other. The values of a block are held as long as the block is open or its Observable is referenced.
 *
 * An error of the source is passed to the open blocks, then to the subscriber. As with RxJS's `groupBy`, the source is
 * unsubscribed from when neither the stream of blocks nor any of the blocks has a subscriber. Demand passes.
 *
 *     source     -think 'a'-'b'-text 'c'-|
 *     blocks()   -r-------------t--------|
 *     r           a---------b---|
 *     t                         c--------|
 *
 * @example
 * of(
 *   new AIMessageChunk({ content: [{ index: 0, type: 'thinking', thinking: 'A fish?' }] }),
 *   new AIMessageChunk({ content: [{ index: 1, type: 'text', text: 'Gold' }] }),
 *   new AIMessageChunk({ content: [{ index: 1, type: 'text', text: 'fish' }] }),
 * ).pipe(blocks(), concatMap((block) => block.pipe(toArray(), map((all) => [block.kind, all.length])))) // => [['reasoning', 1], ['text', 2]]
 *
 * @see {@link textDeltas}, {@link toolCalls}
 */
export function blocks(): OperatorFunction<ModelOutput, ContentBlockStream> {
  return (source$) =>
    defer(() => {
      let latest: OpenBlock | undefined;
      return source$.pipe(
        readMessages(() => new MessageBlocks()),
        filter(isValue),
        groupBy<BlockValue, OpenBlock, unknown>(({ block }) => (latest = block), {
          element: ({ value }) => value,
          duration: ({ key }) => key.ended,
          connector: () => new ReplaySubject(latest?.kind === 'tool_call' ? 1 : Infinity),
        }),
        map(toStream),
      );
    });
}

type BlockValue = BlockStep & { readonly value: unknown };

/** An end goes to its block alone, behind the values that came before it. */
function isValue(step: BlockStep): step is BlockValue {
  if ('value' in step) return true;
  step.block.ended.next();
  return false;
}

function toStream(group: GroupedObservable<OpenBlock, unknown>): ContentBlockStream {
  const { kind, type, messageId } = group.key;
  const values$ = group.pipe(filter((value) => value !== ''));
  const facts = kind === 'other' ? { kind, messageId, type } : { kind, messageId };
  return Object.assign(values$, facts) as unknown as ContentBlockStream;
}
