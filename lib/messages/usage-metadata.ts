/**
 * What a message has cost so far: a snapshot, so a later one replaces an earlier one and is never added to it.
 *
 * `input_tokens` counts everything that went in, read from a cache or written to it included. A count that the
 * provider did not say is absent, and so is a total that would need it.
 */
export interface UsageMetadata {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly total_tokens?: number;
  readonly input_token_details?: Readonly<Record<string, number>>;
  readonly output_token_details?: Readonly<Record<string, number>>;
}
