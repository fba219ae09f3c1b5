import { IncrementalJson } from '../../json/incremental-json.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { GrowingToolCall } from '../growing-tool-call.js';
import type { MessagePart } from './model-outputs.js';
import type { MessageReader } from './read-messages.js';

/** @internal A state of a call, and the number that distinguishes it from the others of its message. */
export interface CallState {
  readonly key: number;
  readonly call: GrowingToolCall;
}

/** @internal The calls of one message while they grow: a state for each piece, and a last one when a call is complete. */
export class MessageCalls implements MessageReader<CallState> {
  /** By the index of their pieces. */
  readonly #growing = new Map<number, Growing>();
  #count = 0;

  add({
    tool_call_chunks = [],
    tool_calls,
    invalid_tool_calls,
  }: MessagePart): readonly CallState[] {
    if (tool_call_chunks.length + tool_calls.length + invalid_tool_calls.length === 0) return NONE;
    const states: CallState[] = [];
    for (const { index, id, name, args } of tool_call_chunks) {
      let call = this.#growing.get(index);
      if (call === undefined) this.#growing.set(index, (call = new Growing(this.#count++)));
      states.push(call.add(id, name, args));
    }
    for (const call of tool_calls) states.push(this.#take(call).settle('called', call));
    for (const call of invalid_tool_calls) states.push(this.#take(call).settle('invalid', call));
    return states;
  }

  end(): readonly CallState[] {
    const states = [...this.#growing.values()].map((call) => call.settle('invalid'));
    this.#growing.clear();
    return states;
  }

  /** What has grown into this call; one that came whole has not grown. */
  #take({ id }: ToolCall | InvalidToolCall): Growing {
    for (const [index, call] of this.#growing) {
      if (call.id !== id) continue;
      this.#growing.delete(index);
      return call;
    }
    return new Growing(this.#count++);
  }
}

const NONE: readonly never[] = [];

class Growing {
  id: string | undefined;
  readonly #key: number;
  readonly #json = new IncrementalJson();
  #name = '';
  #text = '';

  constructor(key: number) {
    this.#key = key;
  }

  add(id: string | undefined, name: string | undefined, args: string): CallState {
    this.id ??= id;
    if (name !== undefined) this.#name = name;
    this.#text += args;
    this.#json.push(args);
    return this.#state('growing', this.#json.value);
  }

  settle(status: 'called' | 'invalid', call?: ToolCall | InvalidToolCall): CallState {
    if (call !== undefined) this.id = call.id;
    if (call?.name !== undefined) this.#name = call.name;
    if (call?.type === 'invalid_tool_call') this.#text = call.args;
    else if (call !== undefined && this.#text === '') this.#text = JSON.stringify(call.args);
    return this.#state(status, call?.type === 'tool_call' ? call.args : this.#json.value);
  }

  #state(status: GrowingToolCall['status'], args: unknown): CallState {
    const key = this.#key;
    const name = this.#name;
    const text = this.#text;
    const { id } = this;
    return { key, call: { id, name, status, args, argsText: text } };
  }
}
