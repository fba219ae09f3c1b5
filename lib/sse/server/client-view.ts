import { connect, defer, filter, map, merge, type Observable } from 'rxjs';
import { type EventFilters, filterEvents, selectsRun } from '../../core/events/event-filters.js';
import type { RunEvent } from '../../core/events/run-event.js';
import { isRecord } from '../../core/internal/is-record.js';
import { isAnswer } from '../../messages/internal/answer-message.js';
import { approvalFields, approvalIn } from '../../messages/internal/approval-of.js';
import { isMessage } from '../../messages/any-message.js';
import { ToolMessage } from '../../messages/tool-message.js';
import { phaseOf } from '../../operators/internal/event-phase.js';

/**
 * @internal Of the result of a tool that there is one, whether it went well or is still to come, and its content if that is to be shown.
 * An artifact is the application's own, unless it is the answer of the agent.
 */
export function shownChunk(contents: boolean) {
  return (chunk: unknown): unknown => {
    const { type, tool_call_id } = Object(chunk) as Partial<ToolMessage>;
    if (type !== 'tool' || tool_call_id === undefined) return chunk;
    const message = chunk as ToolMessage;
    const { id, name, status, content } = message;
    if (isAnswer(message)) return chunk;
    const approval = approvalIn(message);
    const fields = approval === undefined ? {} : approvalFields(approval);
    return new ToolMessage({
      ...{ id, name, tool_call_id, status, ...fields },
      content: contents ? content : '',
    });
  };
}

/**
 * @internal The events of the runs that the filters select, and those of the root, without which a client has no chunks. A root
 * that is not selected shows what it would without events.
 */
export function rootAnd(filters: EventFilters, contents: boolean) {
  const isRoot = ({ parent_ids }: RunEvent) => parent_ids.length === 0;
  return (event$: Observable<RunEvent>) =>
    defer(() => {
      let isSelected = false;
      const shownRoot = (event: RunEvent): RunEvent => {
        if (phaseOf(event.event) === 'start') isSelected = selectsRun(filters, event);
        return isSelected ? event : rootEvent(event, contents);
      };
      return event$.pipe(
        connect((all$) =>
          merge(
            all$.pipe(filter(isRoot), map(shownRoot)),
            all$.pipe(
              filter((event) => !isRoot(event)),
              filterEvents(filters),
            ),
          ),
        ),
      );
    });
}

function rootEvent(event: RunEvent, contents: boolean): RunEvent {
  const bare = { ...event, tags: [], metadata: {} };
  // What is dispatched is meant to be seen.
  if (event.event === 'on_custom_event' || !isRecord(event.data)) return bare;
  const { chunk, output, ...data } = event.data as Readonly<Record<string, unknown>>;
  const show = shownWithin(shownChunk(contents));
  return {
    ...bare,
    data: {
      ...data,
      ...(chunk === undefined ? {} : { chunk: show(chunk) }),
      ...(output === undefined ? {} : { output: show(output) }),
    },
  } as RunEvent;
}

/** The value with all messages in it as they are shown. */
function shownWithin(show: (message: unknown) => unknown): (value: unknown) => unknown {
  const within = (value: unknown): unknown => {
    if (isMessage(value)) return show(value);
    if (Array.isArray(value)) return value.map(within);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)]));
  };
  return within;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
