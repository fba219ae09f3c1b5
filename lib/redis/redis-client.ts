/** What a store needs of a client of the package `redis` (5 or newer), as `createClient` gives it, connected. */
export interface NodeRedisClient extends NodeRedisScripts, NodeRedisNode {}

/** What a store needs of a cluster of the package `redis`, as `createCluster` gives it, connected. */
export interface NodeRedisCluster extends NodeRedisScripts {
  readonly masters: readonly unknown[];
  nodeClient(node: unknown): NodeRedisNode | PromiseLike<NodeRedisNode>;
}

/** Scripts of `redis`, and a connection of one's own. */
export interface NodeRedisScripts {
  evalSha(sha: string, options: RedisScriptCall): Promise<unknown>;
  eval(script: string, options: RedisScriptCall): Promise<unknown>;
  /** For the connection that receives wake-ups. */
  duplicate(): NodeRedisSubscriber;
}

/** One server, as a client of `redis` has it. */
export interface NodeRedisNode {
  scan(
    cursor: string,
    options: { MATCH: string; COUNT: number; TYPE: string },
  ): Promise<{ readonly cursor: unknown; readonly keys: readonly unknown[] }>;
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

/** What a store needs of a client or a cluster of the package `ioredis` (5 or newer). */
export interface IoRedisClient extends IoRedisNode {
  evalsha(sha: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Of a cluster. */
  nodes?(role: 'master'): readonly IoRedisNode[];
  /** For the connection that receives wake-ups. */
  duplicate(options?: object): IoRedisSubscriber;
}

/** One server, as a client of `ioredis` has it. */
export interface IoRedisNode {
  scan(
    cursor: string,
    matchToken: 'MATCH',
    match: string,
    countToken: 'COUNT',
    count: number,
    typeToken: 'TYPE',
    type: string,
  ): Promise<readonly [unknown, readonly unknown[]]>;
}

/** A connection of `ioredis` that receives wake-ups. */
export interface IoRedisSubscriber {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'message', listener: (channel: string) => void): unknown;
  on(event: 'ready', listener: () => void): unknown;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  disconnect(): void;
}
