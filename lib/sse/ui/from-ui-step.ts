import { AIMessage } from '../../messages/ai-message.js';
import type { ContentBlock, MessageContent } from '../../messages/content.js';
import { RESULT_CALL_ID } from '../../messages/history/block-types.js';
import type { ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { FromUIRules } from './from-ui-options.js';
import { keptOf, toBlock } from './ui-blocks.js';
import {
  checkState,
  isCall,
  isToolPart,
  toCall,
  toCallBlock,
  toolNameOf,
  toResult,
} from './ui-calls.js';
import { restore } from './ui-hidden-fields.js';
import { textIn, type UIMessagePart } from './ui-part.js';
import { DATA_BLOCK } from './ui-provider-parts.js';

/** @internal What an assistant said in a step of its answer, and the results of its tools. */
export function fromStep(
  parts: readonly UIMessagePart[],
  outputs: ReadonlyMap<unknown, UIMessagePart>,
  rules: FromUIRules,
): (AIMessage | ToolMessage)[] {
  const blocks: (ContentBlock | { readonly call: ContentBlock })[] = [];
  const calls: ToolCall[] = [];
  const results: (ToolMessage | undefined)[] = [];
  let inPlace = false;
  for (const part of parts) {
    if (isCall(part)) {
      const call = toCall(part, rules);
      const { block, isMore } = toCallBlock(part, call, rules);
      calls.push(call);
      results.push(toResult(part, rules));
      blocks.push({ call: block });
      inPlace ||= isMore;
    } else {
      const block = toAnyBlock(part, outputs, rules);
      if (block === undefined) continue;
      // A call that something follows stands in its place.
      inPlace ||= calls.length > 0;
      blocks.push(block);
    }
  }
  if (blocks.length === 0) return [];
  const content = blocks.flatMap((block) =>
    'call' in block ? (inPlace ? [block.call as ContentBlock] : []) : [block],
  );
  return [
    new AIMessage({ content: contentOf(content), tool_calls: calls }),
    ...results.filter((result) => result !== undefined),
  ];
}

/** @internal The results of the provider's calls in a message, by the calls' ids. */
export function outputsOf(parts: readonly UIMessagePart[]): Map<unknown, UIMessagePart> {
  return new Map(
    parts
      .filter((part) => isToolPart(part) && part['providerExecuted'] === true)
      .map((part) => [part['toolCallId'], part]),
  );
}

/** @internal A string where there is one text and nothing else. */
export function contentOf(blocks: readonly ContentBlock[]): MessageContent {
  const [first] = blocks;
  if (first === undefined) return '';
  return blocks.length === 1 && first.type === 'text' && Object.keys(first).length === 2
    ? (first['text'] as string)
    : blocks;
}

function toAnyBlock(
  part: UIMessagePart,
  outputs: ReadonlyMap<unknown, UIMessagePart>,
  rules: FromUIRules,
): ContentBlock | undefined {
  if (part.type === DATA_BLOCK) return toProviderBlock(part, outputs, rules);
  if (!isToolPart(part)) return toBlock(part, rules)[0];
  if (!rules.trusted) checkState(part);
  if (part['providerExecuted'] !== true) return undefined;
  const kept = keptOf(part['callProviderMetadata']);
  if (kept === undefined) return undefined;
  return restore(
    kept,
    { id: textIn(part, 'toolCallId'), name: toolNameOf(part), ...inputOf(part, kept) },
    rules,
  );
}

/** An input that the AI SDK refuses is kept beside it. */
function inputOf({ input }: UIMessagePart, kept: unknown): { readonly input?: unknown } {
  return 'json' in Object(kept) || input === undefined ? {} : { input };
}

/** A result of the provider's in its place, or a block that no other part shows. */
function toProviderBlock(
  { data }: UIMessagePart,
  outputs: ReadonlyMap<unknown, UIMessagePart>,
  rules: FromUIRules,
): ContentBlock | undefined {
  const { toolCallId, hasOutput } = (Object(data) ?? {}) as {
    readonly toolCallId?: unknown;
    readonly hasOutput?: unknown;
  };
  const output = outputs.get(toolCallId)?.['output'];
  const shown = {
    ...(toolCallId === undefined ? {} : { [RESULT_CALL_ID]: toolCallId }),
    ...(hasOutput === true ? { content: output } : {}),
  };
  return restore(data, shown, rules);
}
