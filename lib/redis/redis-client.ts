/** What a store needs of a client of the package `redis` (5 or newer), as `createClient` gives it, connected. */
export interface NodeRedisClient {
  evalSha(sha: string, options: RedisScriptCall): Promise<unknown>;
  eval(script: string, options: RedisScriptCall): Promise<unknown>;
  scan(
    cursor: string,
    options: { MATCH: string; COUNT: number; TYPE: string },
  ): Promise<{ readonly cursor: unknown; readonly keys: readonly unknown[] }>;
  /** For the connection that receives wake-ups. */
  duplicate(): NodeRedisSubscriber;
}

/** Keys and arguments of a script, as `redis` takes them. */
export interface RedisScriptCall {
  keys: string[];
  arguments: string[];
}

/** A connection of `redis` that receives wake-ups. */
export interface NodeRedisSubscriber {
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  subscribe(channel: string, listener: () => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  destroy(): void;
}

/** What a store needs of a client of the package `ioredis` (5 or newer). */
export interface IoRedisClient {
  evalsha(sha: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  scan(
    cursor: string,
    matchToken: 'MATCH',
    match: string,
    countToken: 'COUNT',
    count: number,
    typeToken: 'TYPE',
    type: string,
  ): Promise<readonly [unknown, readonly unknown[]]>;
  /** For the connection that receives wake-ups. */
  duplicate(): IoRedisSubscriber;
}

/** A connection of `ioredis` that receives wake-ups. */
export interface IoRedisSubscriber {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'message', listener: (channel: string) => void): unknown;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  disconnect(): void;
}
