import type { ContentBlock } from '../../messages/content.js';
import { isRefused, keep, toMetadata } from './ui-kept.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UISign } from './ui-proof.js';

/** @internal Tells what the provider has run itself: its calls, their results, and blocks that only it understands. */
export class UIProviderParts {
  private readonly sign: UISign | undefined;
  private readonly called = new Set<string>();
  /** The id of the call whose input comes. */
  private growing: string | undefined;

  constructor(sign: UISign | undefined) {
    this.sign = sign;
  }

  /** The first piece of a block. */
  *begin(block: ContentBlock): Chunks {
    this.growing = undefined;
    if (!isProviderCall(block)) return;
    this.growing = block.id;
    this.called.add(block.id);
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
    if (this.growing !== undefined && typeof input === 'string' && input !== '')
      yield { type: 'tool-input-delta', toolCallId: this.growing, inputTextDelta: input };
  }

  /** A block that is whole, if it is none of those that have parts of their own. */
  *end(block: ContentBlock): Chunks {
    if (isProviderCall(block)) yield* this.endCall(block);
    else if (isProviderResult(block)) yield* this.answer(block);
    else if (!OWN_PARTS.has(block.type))
      yield { type: DATA_BLOCK, data: keep(block, [], this.sign) };
  }

  private *endCall(block: ProviderCall): Chunks {
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
      providerMetadata: toMetadata(keep(block, shown, this.sign)),
    };
  }

  /** The result's part stands where the call began; its place among the blocks is kept beside it. */
  private *answer(block: ProviderResult): Chunks {
    const { tool_use_id: toolCallId, content } = block;
    const shown = ['tool_use_id'];
    if (this.called.has(toolCallId)) {
      const failure = failureOf(block);
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
      data: { toolCallId, hasOutput: shown.includes('content'), ...keep(block, shown, this.sign) },
    };
  }
}

/** @internal The part that keeps a block's place, and of one that has no other part all of it. */
export const DATA_BLOCK = 'data-rxlm-block';

/** @internal Blocks of which other parts tell. */
const OWN_PARTS: ReadonlySet<string> = new Set([
  ...['text', 'thinking', 'redacted_thinking', 'reasoning', 'tool_use', 'tool_call'],
  ...['image', 'audio', 'video', 'file', 'document', 'input_json_delta'],
]);

interface ProviderCall extends ContentBlock {
  readonly id: string;
  readonly name: string;
}

interface ProviderResult extends ContentBlock {
  readonly tool_use_id: string;
}

/** @internal Whether a block is a call that the provider runs itself. */
export function isProviderCall(block: ContentBlock): block is ProviderCall {
  const { type, id, name } = block;
  return type.endsWith('_tool_use') && typeof id === 'string' && typeof name === 'string';
}

function isProviderResult(block: ContentBlock): block is ProviderResult {
  return block.type.endsWith('_tool_result') && typeof block['tool_use_id'] === 'string';
}

/** Tools of a server that nobody knows beforehand. */
function dynamicOf({ type }: ContentBlock): { readonly dynamic?: true } {
  return type === 'server_tool_use' ? {} : { dynamic: true };
}

/** Why a call of the provider's has failed, by a word that says nothing of what it was about. */
function failureOf({ content, is_error }: ContentBlock): string | undefined {
  const { type, error_code } = (Object(content) ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof type === 'string' && type.endsWith('_error'))
    return typeof error_code === 'string' ? error_code : 'The tool has failed.';
  return is_error === true ? 'The tool has failed.' : undefined;
}

type Chunks = Iterable<UIMessageChunk>;
