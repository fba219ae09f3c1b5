import type { Json } from '../../http/decoder/json.js';
import { ToolArguments, type ToolArgumentsLimits } from '../../http/decoder/tool-arguments.js';
import type { ContentBlock } from '../../messages/content.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../../messages/tool-call.js';

interface OpenCall {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly args: ToolArguments;
  /** Whether the tool takes text: its input is a JSON string. */
  readonly isText: boolean;
  /** The arguments as the model said them at last; what streamed before is a preview. */
  whole: string | undefined;
  metadata: Json | undefined;
}

/** A call as it came to be, with what has to be sent back with it. */
export interface SettledCall {
  readonly call: ToolCall | InvalidToolCall;
  readonly metadata: Json | undefined;
  readonly isText: boolean;
}

/** @internal The calls of one message: their arguments stream under an id, and a `tool-call` part says them whole. */
export class SdkCalls {
  readonly #calls = new Map<string, OpenCall>();
  readonly #limits: ToolArgumentsLimits;

  constructor(limits: ToolArgumentsLimits) {
    this.#limits = limits;
  }

  has(id: string): boolean {
    return this.#calls.has(id);
  }

  /** A call begins; `isText` says that its deltas are text instead of JSON. */
  begin(id: string, name: string, isText: boolean, metadata?: Json): ToolCallChunk {
    const index = this.#calls.size;
    const args = new ToolArguments(this.#limits, isText);
    this.#calls.set(id, { index, id, name, args, isText, whole: undefined, metadata });
    return { index, id, name, args: '' };
  }

  grow(id: string, delta: string): ToolCallChunk | undefined {
    const call = this.#calls.get(id);
    const grown = call?.args.add(delta) ?? '';
    return call === undefined || grown === '' ? undefined : { index: call.index, args: grown };
  }

  /** A call comes whole. Returns what the chunk says of it, if its arguments did not stream. */
  complete(id: string, name: string, input: string, metadata?: Json): ToolCallChunk | undefined {
    const isNew = !this.#calls.has(id);
    if (isNew) this.begin(id, name, false);
    const call = this.#calls.get(id);
    if (call === undefined) return undefined;
    const grown = call.args.isEmpty && !call.isText ? call.args.add(input) : '';
    call.whole = call.isText ? asObject(input) : input;
    if (metadata !== undefined) call.metadata = { ...call.metadata, ...metadata };
    if (isNew) return { index: call.index, id, name, args: grown };
    return grown === '' ? undefined : { index: call.index, args: grown };
  }

  /** The calls that came whole, once the message is proven complete. */
  settle(): readonly SettledCall[] {
    return [...this.#calls.values()].flatMap(({ id, name, whole, metadata, isText }) =>
      whole === undefined
        ? []
        : [{ call: settleToolCall({ id, name, args: whole }), metadata, isText }],
    );
  }
}

/** Arguments are an object: a text becomes its field `input`, as of OpenAI's custom tools. */
function asObject(input: string): string {
  try {
    const text: unknown = JSON.parse(input);
    return typeof text === 'string' ? JSON.stringify({ input: text }) : input;
  } catch {
    return JSON.stringify({ input });
  }
}

/**
 * @internal Calls to which something is attached as blocks of the content, where it is kept; none where nothing is. `reserve`
 * returns the index of the next block.
 */
export function toCallBlocks(
  calls: readonly SettledCall[],
  reserve: () => number,
): readonly ContentBlock[] {
  if (calls.every(({ metadata, isText }) => metadata === undefined && !isText)) return [];
  return calls.map(({ call, metadata, isText }) => ({
    index: reserve(),
    type: 'tool_use',
    id: call.id,
    name: call.name,
    input: call.args,
    ...(isText ? { is_custom: true } : {}),
    ...(metadata === undefined ? {} : { providerMetadata: metadata }),
  }));
}
