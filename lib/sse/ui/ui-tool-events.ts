import type { RunEvent } from '../../core/events/run-event.js';
import { isEnding, phaseOf } from '../../operators/internal/event-phase.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UIEventCall, UIMessageStreamSettings } from './ui-options.js';
import { asShown } from './ui-hidden-fields.js';

/** @internal Writes what events say beside the chunks of the root: custom events, and the progress of tools. */
export class UIToolEvents {
  readonly #settings: Pick<UIMessageStreamSettings, 'customEvents' | 'toolProgress'>;
  readonly #isOpen: (toolCallId: string) => boolean;
  /** The calls that are at work, by their runs. */
  readonly #calls = new Map<string, UIEventCall>();

  /** `isOpen`: whether the page knows a call that has not been answered. */
  constructor(
    settings: Pick<UIMessageStreamSettings, 'customEvents' | 'toolProgress'>,
    isOpen: (toolCallId: string) => boolean,
  ) {
    this.#settings = settings;
    this.#isOpen = isOpen;
  }

  *add(event: RunEvent): Iterable<UIMessageChunk> {
    const { run_id, name } = event;
    if (event.event === 'on_tool_start') {
      const { tool_call_id: toolCallId } = event.data;
      if (toolCallId !== undefined) this.#calls.set(run_id, { toolCallId, toolName: name });
    } else if (event.event === 'on_custom_event') yield* this.#custom(event);
    else if (isEnding(phaseOf(event.event))) this.#calls.delete(run_id);
  }

  *#custom({ run_id, parent_ids, name, data }: RunEvent): Iterable<UIMessageChunk> {
    const { customEvents, toolProgress } = this.#settings;
    const own = this.#calls.get(run_id);
    if (name === 'tool_progress' && own !== undefined && this.#isOpen(own.toolCallId)) {
      const output = toolProgress?.(data, own);
      if (output !== undefined)
        yield {
          ...{ type: 'tool-output-available', toolCallId: own.toolCallId },
          ...{ output: asShown(output), preliminary: true },
        } as const;
    }
    const make = customEvents(name);
    if (make === undefined) return;
    const around = parent_ids.findLast((id) => this.#calls.has(id));
    const part = make(data, own ?? this.#calls.get(around ?? ''));
    if (part !== undefined)
      yield {
        type: `data-${name}`,
        ...(part.id === undefined ? {} : { id: part.id }),
        data: asShown(part.data),
        ...(part.transient === undefined ? {} : { transient: part.transient }),
      };
  }
}
