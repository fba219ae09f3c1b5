import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import type { RunEvent } from './run-event.js';

/**
 * Tells events as version 1 of the schema does, in Python's reading of it: no custom events, and a nested model
 * ends with its `generations`.
 *
 * @see https://python.langchain.com/docs/how_to/chat_streaming/
 * @example
 * // model.events$('Hi').pipe(toEventsV1())
 */
export function toEventsV1(): OperatorFunction<RunEvent, RunEvent> {
  return pipe(
    filter(({ event }: RunEvent) => event !== 'on_custom_event'),
    map((event: RunEvent) =>
      (event.event as string) === 'on_chat_model_end' && event.parent_ids.length > 0
        ? withGenerations(event)
        : event,
    ),
  );
}

function withGenerations(event: RunEvent): RunEvent {
  const { output, ...data } = event.data as { output?: { text?: string } };
  if (output === undefined) return event;
  const generation = {
    text: output.text ?? '',
    generation_info: null,
    type: 'ChatGeneration',
    message: output,
  };
  return {
    ...event,
    data: { ...data, output: { generations: [[generation]], llm_output: null } },
  } as RunEvent;
}
