import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../../messages/tool-call.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import { ToolArguments, type ToolArgumentsLimits } from '../../http/decoder/tool-arguments.js';

/** One call while its pieces arrive. */
interface OpenCall {
  readonly index: number;
  readonly id: string;
  /** Whether the server named the id; else it is generated. */
  readonly hasOwnId: boolean;
  name: string;
  readonly args: ToolArguments;
  /** Custom tools take text instead of a JSON object. */
  readonly isCustom: boolean;
}

/**
 * @internal Assembles the calls of one message from the pieces of `delta.tool_calls`, whatever the server's dialect.
 *
 * A piece belongs to a call by its `index`; without one by its id, else to the last call. A new id at a used index
 * begins another call: several servers send every call at index 0. Empty strings and `"null"` count as absent.
 */
export class ChatCalls {
  readonly #calls: OpenCall[] = [];
  readonly #byIndex = new Map<number, OpenCall>();
  /** The first call of each id: a server may send thousands of calls at one index. */
  readonly #byId = new Map<string, OpenCall>();
  /** Fields of a call that have to be sent back with it, by the call's id. */
  readonly extras: Record<string, Json> = {};
  readonly #idPrefix: string;
  readonly #limits: ToolArgumentsLimits;

  constructor(messageId: string, limits: ToolArgumentsLimits) {
    // At most 40 characters: OpenAI accepts no longer ids.
    this.#idPrefix = `call_${messageId.replace(/^run-|[^a-zA-Z0-9]/g, '').slice(-31)}`;
    this.#limits = limits;
  }

  /** Whether a tool was called: gateways send the arguments of Anthropic's own tools as calls of no tool. */
  get callsTool(): boolean {
    return this.#calls.some(({ name }) => name !== '');
  }

  /** Adds a piece and returns what the chunk says of it; undefined for a piece that says nothing. */
  add(piece: Json): ToolCallChunk | undefined {
    const raw = isRecord(piece['function']) ? piece['function'] : undefined;
    const custom = isRecord(piece['custom']) ? piece['custom'] : undefined;
    // Some servers leave out the object between.
    const said = raw ?? custom ?? piece;
    const id = idOf(piece['id']);
    const name = nonEmpty(said['name']);
    const args = argsOf(custom === undefined ? said['arguments'] : said['input']);
    const index = typeof piece['index'] === 'number' ? piece['index'] : undefined;
    const open = this.#find(index, id, name);
    if (open === undefined && id === undefined && name === undefined && args === '')
      return undefined;
    const call = open ?? this.#begin(index, id, name, custom !== undefined);
    if (isRecord(piece['extra_content'])) this.extras[call.id] = piece['extra_content'];
    const grown = call.args.add(args);
    if (open !== undefined) {
      const isNamed = call.name === '' && name !== undefined;
      if (isNamed) call.name = name;
      if (!isNamed && grown === '') return undefined;
      return { index: call.index, ...(isNamed ? { name } : {}), args: grown };
    }
    return { index: call.index, id: call.id, name: call.name, args: grown };
  }

  /** The calls, once the message is proven complete. */
  settle(): readonly (ToolCall | InvalidToolCall)[] {
    return this.#calls.map(({ id, name, args }) => settleToolCall({ id, name, args: args.whole }));
  }

  #find(index: number | undefined, id: string | undefined, name: string | undefined) {
    if (index === undefined) {
      if (id !== undefined) return this.#byId.get(id);
      return name === undefined ? this.#calls.at(-1) : undefined;
    }
    const call = this.#byIndex.get(index);
    if (call === undefined || id === undefined) {
      // Without ids, a second name behind arguments begins another call.
      return call !== undefined && name !== undefined && !call.hasOwnId && !call.args.isEmpty
        ? undefined
        : call;
    }
    if (id === call.id) return call;
    return this.#byId.get(id);
  }

  #begin(
    index: number | undefined,
    id: string | undefined,
    name = '',
    isCustom: boolean,
  ): OpenCall {
    const position = this.#calls.length;
    const call: OpenCall = {
      index: position,
      id: id ?? `${this.#idPrefix}_${String(position)}`,
      hasOwnId: id !== undefined,
      name,
      args: new ToolArguments(this.#limits, isCustom),
      isCustom,
    };
    this.#calls.push(call);
    if (!this.#byId.has(call.id)) this.#byId.set(call.id, call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  const id = nonEmpty(value);
  return id === 'null' ? undefined : id;
}

/** Some servers send the arguments as an object. */
function argsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
