import { attempt } from '../../core/internal/try-or-undefined.js';
import { isPending } from '../../messages/internal/approval-of.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { ArgsReader } from '../chat-input.js';
import type { ChatToolCall } from '../chat-tool-call.js';

type Facts = { -readonly [K in keyof ChatToolCall]: ChatToolCall[K] };

interface Call {
  readonly facts: Facts;
  readonly reader: ArgsReader | undefined;
  /** What has been shown of it, as long as that holds. */
  shown: ChatToolCall | undefined;
}

/** @internal The calls of tools that chunks and results tell of; a chunk costs its length, a look what has changed. */
export class GrowingCalls {
  readonly #readArgs: (() => ArgsReader) | undefined;
  readonly #calls: Call[] = [];
  /** Where those of the turn under way begin. */
  #first = 0;
  /** Those whose arguments still come, by the index of their block. */
  readonly #growing = new Map<number, Call>();
  #shown: readonly ChatToolCall[] | undefined = [];

  constructor(readArgs: (() => ArgsReader) | undefined) {
    this.#readArgs = readArgs;
  }

  /** The same array as long as nothing has changed, and of the same calls as far as they have not. */
  get list(): readonly ChatToolCall[] {
    return (this.#shown ??= this.#calls.map((call) => {
      const { facts, reader } = call;
      if (facts.status === 'growing') facts.args = valueOf(reader);
      return (call.shown ??= { ...facts });
    }));
  }

  add({ tool_call_chunks, tool_calls, invalid_tool_calls }: AIMessageChunk): void {
    for (const { index, id, name, args } of tool_call_chunks) {
      let call = this.#growing.get(index);
      if (call === undefined) this.#growing.set(index, (call = this.#begin()));
      const { facts } = call;
      facts.id = id ?? facts.id;
      facts.name = name ?? facts.name;
      facts.argsText += args;
      call.reader?.push(args);
      if (args !== '' || id !== undefined || name !== undefined) this.#touch(call);
    }
    for (const call of tool_calls) this.#settle(call, 'called');
    for (const call of invalid_tool_calls) this.#settle(call, 'invalid');
  }

  answer(result: ToolMessage): void {
    const call = this.#calls.findLast(({ facts }) => facts.id === result.tool_call_id);
    if (call === undefined || call.facts.result !== undefined) return;
    if (isPending(result)) call.facts.status = 'pending';
    else {
      call.facts.result = result;
      call.facts.status = result.status === 'error' ? 'error' : 'done';
    }
    this.#touch(call);
  }

  /** Ends a turn: its calls stay, or go with a message that has been given up. */
  endTurn(stay: boolean): void {
    for (const call of this.#growing.values()) {
      call.facts.args = valueOf(call.reader);
      call.facts.status = 'invalid';
      this.#touch(call);
    }
    this.#growing.clear();
    if (!stay && this.#calls.length > this.#first) {
      this.#calls.length = this.#first;
      this.#shown = undefined;
    }
    this.#first = this.#calls.length;
  }

  #begin(): Call {
    const facts: Facts = {
      id: undefined,
      name: '',
      status: 'growing',
      args: undefined,
      argsText: '',
      result: undefined,
    };
    const call = { facts, reader: this.#readArgs?.(), shown: undefined };
    this.#calls.push(call);
    this.#shown = undefined;
    return call;
  }

  /** A call that has come in one piece was not growing. */
  #settle(given: ToolCall | InvalidToolCall, status: 'called' | 'invalid'): void {
    const { id, name, args } = given;
    const [index, call] = [...this.#growing].find(([, { facts }]) => facts.id === id) ?? [
      NaN,
      this.#begin(),
    ];
    this.#growing.delete(index);
    const { facts, reader } = call;
    facts.id = id;
    facts.name = name ?? facts.name;
    facts.status = status;
    facts.args = status === 'called' ? args : valueOf(reader);
    if (typeof args === 'string') facts.argsText = args;
    this.#touch(call);
  }

  #touch(call: Call): void {
    call.shown = this.#shown = undefined;
  }
}

/** Somebody else's, who may throw: the call is there all the same. */
function valueOf(reader: ArgsReader | undefined): unknown {
  return attempt(() => reader?.value);
}
