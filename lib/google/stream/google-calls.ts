import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { ToolArguments, type ToolArgumentsLimits } from '../../http/decoder/tool-arguments.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../../messages/tool-call.js';
import { PartialArguments } from './partial-arguments.js';

interface OpenCall {
  readonly index: number;
  readonly id: string;
  /** The server's own id; older models give none. */
  readonly ownId: string | undefined;
  readonly name: string;
  signature: string | undefined;
  readonly args: ToolArguments;
  partial: PartialArguments | undefined;
  /** Whether more of it is to come. */
  isOpen: boolean;
  /** Whether its last string has no end. */
  isCut: boolean;
}

/** A call as it came to be, with what has to be sent back with it. */
export interface SettledCall {
  readonly call: ToolCall | InvalidToolCall;
  readonly ownId: string | undefined;
  readonly signature: string | undefined;
}

/**
 * @internal The calls of one message from its `functionCall` parts: whole ones, and ones whose arguments come piece by
 * piece, one call after the other. A part without a name belongs to the call before it.
 */
export class GoogleCalls {
  readonly #calls: OpenCall[] = [];
  readonly #idPrefix: string;
  readonly #limits: ToolArgumentsLimits;
  readonly #broken: (problem: string) => Error;

  constructor(messageId: string, limits: ToolArgumentsLimits, broken: (problem: string) => Error) {
    // At most 40 characters: other providers accept no longer ids.
    this.#idPrefix = `call_${messageId.replace(/^run-|[^a-zA-Z0-9]/g, '').slice(-31)}`;
    this.#limits = limits;
    this.#broken = broken;
  }

  /** Adds a part and returns what the chunk says of it; undefined for a part that says nothing. */
  add(part: Json, signature: string | undefined): ToolCallChunk | undefined {
    const name = nonEmpty(part['name']);
    const id = nonEmpty(part['id']);
    const { args } = part;
    const pieces = arrayOf(part['partialArgs']);
    const last = this.#calls.at(-1);
    const goesOn = this.#goesOn(last, { name, id, says: isRecord(args) || pieces.length > 0 });
    if (!goesOn && name === undefined && !isRecord(args) && pieces.length === 0) return undefined;
    const call = goesOn && last !== undefined ? last : this.#begin(name ?? '', id, signature);
    call.signature ??= signature;
    let text = '';
    if (isRecord(args) && call.args.isEmpty) text += call.args.add(JSON.stringify(args));
    for (const piece of pieces) {
      call.partial ??= new PartialArguments(this.#broken);
      text += call.args.add(call.partial.add(piece, () => call.args.whole));
    }
    call.isOpen = part['willContinue'] === true;
    if (!call.isOpen) text += call.args.add(call.partial?.end() ?? '');
    if (call !== last) return { index: call.index, id: call.id, name: call.name, args: text };
    return text === '' ? undefined : { index: call.index, args: text };
  }

  /** The calls, once the message is proven complete. */
  settle(): readonly SettledCall[] {
    this.#close();
    return this.#calls.map(({ id, name, args, partial, isCut, ownId, signature }) => {
      const settled = settleToolCall({ id, name, args: partial?.whole ?? args.whole });
      const problem =
        name === ''
          ? 'The call has no name.'
          : isCut
            ? 'The arguments were not finished.'
            : undefined;
      const call: ToolCall | InvalidToolCall =
        problem === undefined
          ? settled
          : { type: 'invalid_tool_call', id, name, args: args.whole, error: problem };
      return { call, ownId, signature };
    });
  }

  #goesOn(
    last: OpenCall | undefined,
    { name, id, says }: { name: string | undefined; id: string | undefined; says: boolean },
  ): boolean {
    if (last === undefined) return false;
    if (id !== undefined && last.ownId === id) return true;
    if (name !== undefined) return false;
    // A name may come by itself, and its arguments behind it.
    return last.isOpen || (says && last.args.isEmpty);
  }

  #begin(name: string, ownId: string | undefined, signature: string | undefined): OpenCall {
    this.#close();
    const index = this.#calls.length;
    const call: OpenCall = {
      index,
      id: ownId ?? `${this.#idPrefix}_${String(index)}`,
      ownId,
      name,
      signature,
      args: new ToolArguments(this.#limits),
      partial: undefined,
      isOpen: true,
      isCut: false,
    };
    this.#calls.push(call);
    return call;
  }

  /** The part that ends a call may be missing, but not the end of a string in it. */
  #close(): void {
    const last = this.#calls.at(-1);
    if (last?.isOpen !== true) return;
    last.isCut = last.partial?.isOpen === true;
    last.args.add(last.partial?.end() ?? '');
    last.isOpen = false;
  }
}
