/** A tool call as it stands while the model writes it. Each state is an object of its own and never changes. */
export interface GrowingToolCall {
  readonly id: string | undefined;
  /** `''` until the model has said it. */
  readonly name: string;
  /**
   * `growing`: the arguments still arrive. `called`: they are complete and strictly valid. `invalid`: they are no JSON object,
   * or the message ended before they were complete; such a call is never run.
   */
  readonly status: 'growing' | 'called' | 'invalid';
  /** The arguments; while they grow, the part of them that can be shown, as `IncrementalJson` reads it. */
  readonly args: unknown;
  /** The arguments as the model has written them so far. */
  readonly argsText: string;
}
