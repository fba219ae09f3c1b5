import { defer, mergeMap, type OperatorFunction } from 'rxjs';
import type { RunEvent } from './run-event.js';

/**
 * Tells events as version 1 of the schema does, in Python's reading of it: no custom events, no `parent_ids`, a nested
 * model ends with its `generations` and a nested retriever with its `documents`, and a tool or a retriever that is the
 * root emits its whole output as a chunk before it ends.
 *
 * @see https://python.langchain.com/docs/how_to/chat_streaming/
 * @example
 * // model.events$('Hi').pipe(toEventsV1())
 */
export function toEventsV1(): OperatorFunction<RunEvent, RunEvent> {
  return (events$) =>
    defer(() => {
      const chunks = new Map<string, number>();
      return events$.pipe(mergeMap((event) => asV1(event as AnyEvent, chunks) as RunEvent[]));
    });
}

/** As it comes: a layer above may know events that this one does not. */
type AnyEvent = Omit<RunEvent, 'event' | 'data'> & {
  readonly event: string;
  readonly data: { readonly output?: unknown };
};

function asV1(event: AnyEvent, chunks: Map<string, number>): readonly AnyEvent[] {
  const isRoot = event.parent_ids.length === 0;
  const nested = isRoot ? event : { ...event, parent_ids: [] };
  switch (event.event) {
    case 'on_custom_event':
      return [];
    case 'on_chat_model_stream':
      if (!isRoot) chunks.set(event.run_id, (chunks.get(event.run_id) ?? 0) + 1);
      return [nested];
    case 'on_chat_model_end':
      if (isRoot || event.data.output === undefined) return [nested];
      return [withOutput(nested, generationsOf(event.data.output, chunks.get(event.run_id)))];
    case 'on_retriever_end':
      return isRoot
        ? [streamOf(event), event]
        : [withOutput(nested, { documents: event.data.output })];
    case 'on_tool_end':
      return isRoot ? [streamOf(event), event] : [nested];
    default:
      return [nested];
  }
}

/** The one chunk of a root that emits none: its whole output. */
function streamOf(end: AnyEvent): AnyEvent {
  const { event, data, ...run } = end;
  return {
    ...run,
    event: event.replace(/end$/, 'stream'),
    data: { chunk: data.output },
  } as AnyEvent;
}

function withOutput(event: AnyEvent, output: unknown): AnyEvent {
  return { ...event, data: { ...event.data, output } };
}

/** A streamed answer has more than one chunk; that of a model that cannot stream is its message. */
function generationsOf(message: unknown, chunks = 0): object {
  const generation = {
    text: (message as { readonly text?: string }).text ?? '',
    generation_info: null,
    type: chunks > 1 ? 'ChatGenerationChunk' : 'ChatGeneration',
    message,
  };
  return { generations: [[generation]], llm_output: null, run: null, type: 'LLMResult' };
}
