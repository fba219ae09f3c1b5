import type { ToolMessage } from '../tool-message.js';

/**
 * What a tool message says about its call beside a result. `requested`: it needs an approval. `elsewhere`: the page runs
 * it. `denied`: it was denied, and this is its result. `denied_before`: the same, in the input of the run: a page that shows
 * the call as answered by its user may close it.
 */
export type ApprovalState = 'requested' | 'elsewhere' | 'denied' | 'denied_before';

const STATES: ReadonlySet<unknown> = new Set<ApprovalState>([
  'requested',
  'elsewhere',
  'denied',
  'denied_before',
]);

/** @internal The fields of a tool message that says how its call stands. */
export function approvalFields(approval: ApprovalState): {
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
} {
  return { additional_kwargs: { approval } };
}

/** @internal How the call of a tool message stands, if the message says that. */
export function approvalIn({ additional_kwargs }: ToolMessage): ApprovalState | undefined {
  const { approval } = additional_kwargs;
  return STATES.has(approval) ? (approval as ApprovalState) : undefined;
}

/** @internal Whether a tool message says that the result of its call comes from elsewhere; it is no result itself. */
export function isPending(message: ToolMessage): boolean {
  const approval = approvalIn(message);
  return approval === 'requested' || approval === 'elsewhere';
}

/** @internal What a model reads of a denied call, the same on every path. */
export function denialText(reason: unknown): string {
  const said = typeof reason === 'string' ? reason.trim() : '';
  return `The call was denied. ${said}`.trim();
}
