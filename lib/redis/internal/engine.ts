/** @internal What the store needs of a client, whichever it is. */
export interface Engine {
  readonly evalSha: (
    sha: string,
    keys: readonly string[],
    args: readonly string[],
  ) => Promise<unknown>;
  readonly eval: (
    script: string,
    keys: readonly string[],
    args: readonly string[],
  ) => Promise<unknown>;
  /** A page of the hashes whose keys match. The cursor is '0' at both ends. */
  readonly scan: (
    cursor: string,
    match: string,
    count: number,
  ) => Promise<readonly [cursor: string, keys: readonly string[]]>;
  /** Opens a connection of its own, which connects by itself and again. */
  readonly openHints: (onHint: (channel: string) => void) => HintConnection;
}

/** @internal A connection that receives wake-ups and nothing else. */
export interface HintConnection {
  readonly subscribe: (channel: string) => Promise<unknown>;
  readonly unsubscribe: (channel: string) => Promise<unknown>;
  readonly close: () => void;
}
