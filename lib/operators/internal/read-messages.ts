import { concat, defer, mergeMap, type OperatorFunction } from 'rxjs';
import type { ModelOutput } from '../model-output.js';
import { type MessagePart, ModelOutputs } from './model-outputs.js';

/** @internal What reads one message, chunk by chunk. */
export interface MessageReader<R> {
  add(part: MessagePart): readonly R[];
  /** What is left to say when the message is over. */
  end(): readonly R[];
}

/**
 * @internal Reads each message with a reader of its own. A message is over when its run is, when a chunk of another id
 * follows it, when a tool's message does, and when the source completes.
 */
export function readMessages<R>(make: () => MessageReader<R>): OperatorFunction<ModelOutput, R> {
  return (source$) =>
    defer(() => {
      const messages = new OpenMessages(make);
      return concat(
        source$.pipe(mergeMap((value) => messages.read(value))),
        defer(() => messages.end()),
      );
    });
}

interface OpenMessage<R> {
  id: string | undefined;
  readonly reader: MessageReader<R>;
}

const NONE: readonly never[] = [];

class OpenMessages<R> {
  readonly #outputs = new ModelOutputs();
  readonly #open = new Map<string, OpenMessage<R>>();
  readonly #make: () => MessageReader<R>;

  constructor(make: () => MessageReader<R>) {
    this.#make = make;
  }

  read(value: ModelOutput): readonly R[] {
    const output = this.#outputs.read(value);
    if (output === undefined) return NONE;
    const { source, part } = output;
    if (part === undefined) return this.#close(source);
    const { id } = part;
    const open = this.#open.get(source);
    if (open !== undefined && (id === undefined || open.id === undefined || open.id === id)) {
      open.id ??= id;
      return open.reader.add(part);
    }
    const rest = this.#close(source);
    const reader = this.#make();
    this.#open.set(source, { id, reader });
    const begun = reader.add(part);
    return rest.length === 0 ? begun : [...rest, ...begun];
  }

  end(): readonly R[] {
    return [...this.#open.keys()].flatMap((source) => this.#close(source));
  }

  #close(source: string): readonly R[] {
    const open = this.#open.get(source);
    this.#open.delete(source);
    return open?.reader.end() ?? NONE;
  }
}
