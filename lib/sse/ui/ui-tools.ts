import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { ContentBlock } from '../../messages/content.js';
import { RESULT_CALL_ID, resultBlock } from '../../messages/history/block-types.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { approvalIn } from '../../messages/internal/approval-of.js';
import { keep, keepMore, toMetadata } from './ui-hidden-fields.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import { approvalOf, proofOf, type UISign } from './ui-proof.js';

interface Call {
  readonly index: number;
  readonly toolCallId: string;
  /** Undefined until the model has written it; nothing can be emitted before. */
  toolName: string | undefined;
  args: string;
  input: ToolCall['args'];
  /** Whether its arguments are still growing, and whether its answer was emitted. */
  growing: boolean;
  answered: boolean;
}

/** How results and failures of tools are shown. */
export interface ToolShowing {
  readonly toolOutput: (result: ToolMessage) => unknown;
  readonly errorText: (error: unknown) => string;
  readonly sign?: UISign | undefined;
}

/** Calls in their order. Settled ones are skipped by an index, because a set whose first members are deleted is slow to read. */
interface Queue {
  readonly calls: Call[];
  passed: number;
}

/** @internal Tells the calls of a message, from their first pieces to their results. */
export class UITools {
  readonly #showing: ToolShowing;
  readonly #calls = new Map<string, Call>();
  /** Those of the turn under way, by the index of their block. */
  readonly #growing = new Map<number, Call>();
  /** The same by id and by name, first ones first: a message may have thousands. */
  readonly #named = new Map<string, Queue>();

  constructor(showing: ToolShowing) {
    this.#showing = showing;
  }

  /** `blockOf` gives the content block of a call, as far as it is known. */
  *add(
    { tool_call_chunks, tool_calls, invalid_tool_calls }: AIMessageChunk,
    blockOf: (id: string | undefined) => ContentBlock | undefined = () => undefined,
  ): Chunks {
    for (const piece of tool_call_chunks) yield* this.#grow(piece);
    for (const call of tool_calls) yield* this.#settle(call, blockOf(call.id));
    for (const call of invalid_tool_calls) yield* this.#settle(call);
  }

  /**
   * Emits the results of emitted calls, each once. With `goesOn`, before the model has sent anything, they answer calls of the
   * message that the client already has.
   */
  *answer(result: ToolMessage, goesOn = false): Chunks {
    const { tool_call_id: toolCallId, status } = result;
    let call = this.#calls.get(toolCallId);
    if (call === undefined && goesOn) call = this.#begin(toolCallId, NaN);
    if (call === undefined || call.answered) return;
    const approval = approvalIn(result);
    if (approval === 'requested') {
      yield this.#ask(call);
      return;
    }
    // The page knows which tools are its own.
    if (approval === 'elsewhere') return;
    call.answered = true;
    if (approval === 'denied' || approval === 'denied_before')
      yield { type: 'tool-output-denied', toolCallId };
    else if (status === 'error')
      yield { type: 'tool-output-error', toolCallId, errorText: this.#showing.errorText(result) };
    else yield this.#output(result);
  }

  /** Whether a call was shown whole, and has no result yet. */
  isOpen(toolCallId: string): boolean {
    const call = this.#calls.get(toolCallId);
    return call !== undefined && !call.growing && !call.answered;
  }

  #ask({ toolCallId, toolName = '', input }: Call): UIMessageChunk {
    const { sign } = this.#showing;
    const asked = { id: toolCallId, name: toolName, args: input };
    return {
      type: 'tool-approval-request',
      approvalId: toolCallId,
      toolCallId,
      ...(sign === undefined ? {} : { signature: proofOf(sign, 'approval', approvalOf(asked)) }),
    };
  }

  /** Blocks that the model is given come back as such only if that can be proven. */
  #output(result: ToolMessage): UIMessageChunk {
    const { tool_call_id: toolCallId, content } = result;
    const output = this.#showing.toolOutput(result);
    const chunk = { type: 'tool-output-available', toolCallId, output } as const;
    if (typeof content === 'string' || output !== content) return chunk;
    const block = resultBlock(toolCallId, content);
    const rxlm = keep(block, [RESULT_CALL_ID, 'content'], this.#showing.sign);
    return { ...chunk, providerMetadata: toMetadata(rxlm) };
  }

  /** Ends a turn: a call that was not finished is none. */
  *endTurn(): Chunks {
    for (const call of this.#growing.values()) {
      if (call.toolName !== undefined)
        yield this.#failed(call, call.args, 'The call was not finished.');
    }
    this.#growing.clear();
    this.#named.clear();
  }

  *#grow({ index, id, name, args }: ToolCallChunk): Chunks {
    let call = this.#growing.get(index);
    if (call === undefined) {
      this.#growing.set(index, (call = this.#begin(id, index)));
      this.#index(`id:${call.toolCallId}`, call);
    }
    const { toolCallId } = call;
    const isNew = call.toolName === undefined && name !== undefined;
    call.toolName ??= name;
    if (isNew) this.#index(`name:${name}`, call);
    call.args += args;
    if (call.toolName === undefined) return;
    if (isNew) yield { type: 'tool-input-start', toolCallId, toolName: call.toolName };
    const inputTextDelta = isNew ? call.args : args;
    if (inputTextDelta !== '') yield { type: 'tool-input-delta', toolCallId, inputTextDelta };
  }

  *#settle(given: ToolCall | InvalidToolCall, block?: ContentBlock): Chunks {
    const key = given.id === undefined ? `name:${given.name}` : `id:${given.id}`;
    const call = this.#firstGrowing(key) ?? this.#begin(given.id, NaN);
    this.#growing.delete(call.index);
    call.growing = false;
    if (given.type === 'tool_call') call.input = given.args;
    call.toolName ??= given.name;
    const { toolCallId, toolName = '' } = call;
    const rxlm = block && keepMore(block, SHOWN, this.#showing.sign);
    yield given.type === 'tool_call'
      ? {
          type: 'tool-input-available',
          toolCallId,
          toolName,
          input: given.args,
          ...(rxlm === undefined ? {} : { providerMetadata: toMetadata(rxlm) }),
        }
      : this.#failed(call, given.args, given.error);
  }

  #index(key: string, call: Call): void {
    const queue = this.#named.get(key);
    if (queue === undefined) this.#named.set(key, { calls: [call], passed: 0 });
    else queue.calls.push(call);
  }

  #firstGrowing(key: string): Call | undefined {
    const queue = this.#named.get(key);
    if (queue === undefined) return undefined;
    while (queue.calls[queue.passed]?.growing === false) queue.passed++;
    return queue.calls[queue.passed];
  }

  #begin(id: string | undefined, index: number): Call {
    const toolCallId = id ?? `call-${this.#calls.size}`;
    const call = {
      index,
      toolCallId,
      toolName: undefined,
      args: '',
      input: {},
      growing: true,
      answered: false,
    };
    this.#calls.set(toolCallId, call);
    return call;
  }

  /** This is the answer for the page, whatever the model receives. */
  #failed(call: Call, input: string, errorText: string): UIMessageChunk {
    call.answered = true;
    const { toolCallId, toolName = '' } = call;
    return { type: 'tool-input-error', toolCallId, toolName, input, errorText };
  }
}

/** What the part of a call shows of its block. */
const SHOWN = ['type', 'id', 'name', 'input'];

type Chunks = Iterable<UIMessageChunk>;
