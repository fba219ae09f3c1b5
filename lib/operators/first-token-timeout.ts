import { asyncScheduler, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import type { RunEvent } from '../core/events/run-event.js';
import { hasContent } from '../messages/internal/has-content.js';
import { clocked } from './internal/timeout-internals.js';

/**
 * Passes values on, and errors when no content has come `ms` milliseconds after the subscription: an `RxlmError` with
 * code `timeout` and phase `content`.
 *
 * Content is text, thinking or a tool call in a message chunk, and any other value but `''`. The empty chunk with which
 * a message begins is none. Of events, only a model's chunks count. After the first content there is no limit.
 *
 * The source is unsubscribed before the error is emitted: child runs have been cancelled by then. Time in which the
 * consumer keeps the source from being read does not count, where that can be known (see `toAsyncIterable`).
 * Endings pass.
 *
 *     source                  -s----------a--|    s: the message starts, a: its first text
 *     firstTokenTimeout(5)    -s---#
 *
 * @param ms Milliseconds.
 *
 * @example
 * const first$ = NEVER.pipe(startWith(''), firstTokenTimeout(1), last());
 * await firstValueFrom(first$).catch(({ code, phase }) => [code, phase]) // => ['timeout', 'content']
 *
 * @see {@link idleTimeout}
 */
export function firstTokenTimeout<T>(
  ms: number,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<T> {
  return clocked(ms, scheduler, {
    name: 'firstTokenTimeout',
    phase: 'content',
    missing: 'no content came',
    onValue: (value) => (isToken(value) ? 'end' : undefined),
  });
}

const MODEL_STREAMS: readonly string[] = ['on_chat_model_stream', 'on_llm_stream'];

function isToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('run_id' in value)) return hasContent(value);
  const { event, data } = value as RunEvent;
  return MODEL_STREAMS.includes(event) && hasContent((data as { chunk: unknown }).chunk);
}
