import type { ContentBlock } from '../../messages/content.js';
import {
  CALL_BLOCKS,
  isBuiltInCall,
  isProviderCall,
  type ProviderCall,
  providerFailure,
  providerResultId,
  REASONING_BLOCKS,
  RESULT_CALL_ID,
} from '../../messages/history/block-types.js';
import { isRefused, keep, toMetadata } from './ui-hidden-fields.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UISign } from './ui-proof.js';

/** @internal Tells what the provider has run itself: its calls, their results, and blocks that only it understands. */
export class UIProviderParts {
  readonly #sign: UISign | undefined;
  readonly #called = new Set<string>();
  /** The id of the call whose input comes. */
  #growing: string | undefined;

  constructor(sign: UISign | undefined) {
    this.#sign = sign;
  }

  /** The first piece of a block. */
  *begin(block: ContentBlock): Chunks {
    this.#growing = undefined;
    if (!isProviderCall(block)) return;
    this.#growing = block.id;
    this.#called.add(block.id);
    yield {
      type: 'tool-input-start',
      toolCallId: block.id,
      toolName: block.name,
      providerExecuted: true,
      ...dynamicOf(block),
    };
  }

  /** A piece of the block that was begun last. */
  *grow({ input }: ContentBlock): Chunks {
    if (this.#growing !== undefined && typeof input === 'string' && input !== '')
      yield { type: 'tool-input-delta', toolCallId: this.#growing, inputTextDelta: input };
  }

  /** A block that is whole, if it is none of those that have parts of their own. */
  *end(block: ContentBlock): Chunks {
    if (isProviderCall(block)) yield* this.#endCall(block);
    else if (providerResultId(block) !== undefined) yield* this.#answer(block);
    else if (!OWN_PARTS.has(block.type))
      yield { type: DATA_BLOCK, data: keep(block, [], this.#sign) };
  }

  *#endCall(block: ProviderCall): Chunks {
    const { id: toolCallId, name: toolName, input = {} } = block;
    const call = { toolCallId, toolName, providerExecuted: true, ...dynamicOf(block) } as const;
    if (typeof input !== 'object') {
      yield { type: 'tool-input-error', ...call, input, errorText: 'The call was not finished.' };
      return;
    }
    const shown = isRefused(JSON.stringify(input)) ? ['id', 'name'] : ['id', 'name', 'input'];
    yield {
      type: 'tool-input-available',
      ...call,
      input: shown.includes('input') ? input : {},
      providerMetadata: toMetadata(keep(block, shown, this.#sign)),
    };
  }

  /** The result's part stands where the call began; its place among the blocks is kept beside it. */
  *#answer(block: ContentBlock): Chunks {
    const toolCallId = providerResultId(block) ?? '';
    const { content } = block;
    const shown = [RESULT_CALL_ID];
    if (this.#called.has(toolCallId)) {
      const failure = providerFailure(block);
      if (failure !== undefined)
        yield {
          type: 'tool-output-error',
          toolCallId,
          errorText: failure,
          providerExecuted: true,
        };
      else {
        const isShown = content !== undefined && !isRefused(JSON.stringify(content));
        if (isShown) shown.push('content');
        yield {
          type: 'tool-output-available',
          toolCallId,
          output: isShown ? content : JSON.stringify(content ?? null),
          providerExecuted: true,
        };
      }
    }
    yield {
      type: DATA_BLOCK,
      data: { toolCallId, hasOutput: shown.includes('content'), ...keep(block, shown, this.#sign) },
    };
  }
}

/** @internal The part that keeps a block's place, and of one that has no other part all of it. */
export const DATA_BLOCK = 'data-rxlm-block';

/** @internal The types of blocks that have parts of their own. */
const OWN_PARTS: ReadonlySet<unknown> = new Set([
  ...['text', 'image', 'audio', 'video', 'file', 'document'],
  ...CALL_BLOCKS,
  ...REASONING_BLOCKS,
]);

/** The page does not know the tools of an MCP server beforehand. */
function dynamicOf(block: ContentBlock): { readonly dynamic?: true } {
  return isBuiltInCall(block) ? {} : { dynamic: true };
}

type Chunks = Iterable<UIMessageChunk>;
