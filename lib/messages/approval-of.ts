import type { ToolMessage } from './tool-message.js';

/** How a call stands with the one who may approve it. */
export type ApprovalState = 'requested' | 'denied';

/**
 * @internal The fields of a tool message that tells of an approval. One that is `requested` is no result: it is not part of the
 * conversation.
 */
export function approvalFields(approval: ApprovalState): {
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
} {
  return { additional_kwargs: { approval } };
}

/** @internal What a tool message tells of an approval, if that is what it does. */
export function approvalIn({ additional_kwargs }: ToolMessage): ApprovalState | undefined {
  const { approval } = additional_kwargs;
  return approval === 'requested' || approval === 'denied' ? approval : undefined;
}
