import { type Json, nonEmpty } from '../../http/decoder/json.js';
import type { MessageWriter } from '../../http/decoder/message-writer.js';
import type { DecoderContext } from '../../http/decoder/stream-decoder.js';
import { ToolArguments } from '../../http/decoder/tool-arguments.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { Item, OpenCall } from './response-items.js';

/** @internal Whether an item is a call that the client runs. */
export function isCall(type: unknown): boolean {
  return type === 'function_call' || type === 'custom_tool_call';
}

/** @internal The calls of a response, with their arguments. */
export class ResponseCalls {
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #calls: OpenCall[] = [];

  constructor(context: DecoderContext, message: MessageWriter) {
    this.#context = context;
    this.#message = message;
  }

  /** Begins the call that the item is, unless it has begun or the item is something else. */
  begin(item: Item, said: Json): void {
    const isCustom = said['type'] === 'custom_tool_call';
    if (item.call !== undefined || !isCall(said['type'])) return;
    const { messageId, limits, fail } = this.#context;
    const position = this.#calls.length;
    const id =
      nonEmpty(said['call_id']) ??
      nonEmpty(said['id']) ??
      `call_${messageId.slice(-31)}_${String(position)}`;
    const name = nonEmpty(said['name']) ?? '';
    const call: OpenCall = {
      index: this.#message.reserve(),
      position,
      id,
      name,
      isCustom,
      args: new ToolArguments({ ...limits, fail }, isCustom),
      length: 0,
    };
    item.call = call;
    this.#calls.push(call);
    const args = this.#grow(call, argumentsIn(said, isCustom) ?? '');
    this.#message.call({ index: position, id, name, args });
  }

  add({ call }: Item, delta: unknown): void {
    if (call === undefined || typeof delta !== 'string' || delta === '') return;
    this.#message.call({ index: call.position, args: this.#grow(call, delta) });
  }

  /** Adds what no delta has brought of the arguments of `said`: a `done` event, or a whole item. */
  finish(item: Item, said: Json): void {
    const { call } = item;
    if (call === undefined) return;
    this.add(item, argumentsIn(said, call.isCustom)?.slice(call.length));
  }

  /** The calls with their places in the content, once the response is proven complete. */
  settle() {
    return this.#calls.map(({ index, id, name, args }) => ({
      index,
      result: settleToolCall({ id, name, args: args.whole }),
    }));
  }

  #grow(call: OpenCall, piece: string): string {
    call.length += piece.length;
    return call.args.add(piece);
  }
}

/** Some servers send the arguments as an object. */
function argumentsIn(said: Json, isCustom: boolean): string | undefined {
  const value = said[isCustom ? 'input' : 'arguments'];
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  return JSON.stringify(value);
}
