import type { ToolMessage } from '../tool-message.js';

/** How a call stands with the one who may approve it; `elsewhere`: with the one who runs it, as the page does with its own tools. */
export type ApprovalState = 'requested' | 'denied' | 'elsewhere';

/**
 * @internal The fields of a tool message that tells of an approval. One that is `requested` or
 * `elsewhere` is no result: it is not part of the conversation.
 */
export function approvalFields(approval: ApprovalState): {
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
} {
  return { additional_kwargs: { approval } };
}

/** @internal What a tool message tells of an approval, if that is what it does. */
export function approvalIn({ additional_kwargs }: ToolMessage): ApprovalState | undefined {
  const { approval } = additional_kwargs;
  return approval === 'requested' || approval === 'denied' || approval === 'elsewhere'
    ? approval
    : undefined;
}

/** @internal What a model reads of a call that was denied: the same, whoever denied it. */
export function denialText(reason: unknown): string {
  const said = typeof reason === 'string' ? reason.trim() : '';
  return `The call was denied. ${said}`.trim();
}
