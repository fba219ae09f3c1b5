import { filter, type MonoTypeOperatorFunction } from 'rxjs';
import type { RunEvent } from '../core/events/run-event.js';

/** Every event that LangChain's `streamEvents` emits, in either of its languages. */
const KNOWN =
  /^on_((chain|chat_model|llm|prompt|parser|tool|retriever)_(start|stream|end)|tool_error|custom_event)$/;

/**
 * Passes on the events that LangChain knows, unaltered, and drops the others: `on_*_error` (except that of a tool),
 * `on_*_cancel`, `on_chat_model_retry`, and whatever event kinds another package adds.
 *
 * Then a run that fails or is cancelled has a start without an ending, as it has there; the error itself still comes as
 * the error of the stream.
 *
 * @example
 * // chain.events$('Hi').pipe(langchainCompatible()).subscribe(sendToLangChainsPage);
 *
 * @see https://python.langchain.com/docs/how_to/streaming/#event-reference
 */
export function langchainCompatible(): MonoTypeOperatorFunction<RunEvent> {
  return filter(({ event }) => KNOWN.test(event));
}
