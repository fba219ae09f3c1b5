/** How Node gives its modules to who must not import them, because it may run elsewhere. */
export type Builtins = NodeJS.Process['getBuiltinModule'];

/** @internal Node's own modules; undefined elsewhere. */
export function builtins(): Builtins | undefined {
  return (globalThis as { process?: { getBuiltinModule?: Builtins } }).process?.getBuiltinModule;
}
