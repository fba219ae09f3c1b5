import type { MessageWarning } from '../../messages/message.js';
import { setOwn } from '../../messages/internal/set-own.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';

/**
 * @internal What a message costs, as the wire says it from time to time: each field that comes overwrites, none is added.
 *
 * Counts that cannot be meant are left out with a warning: a bill is no reason to lose a message.
 */
export class Usage {
  readonly warnings: MessageWarning[] = [];
  /** What has been said so far, by the provider's names; undefined where nothing has. */
  #said: Record<string, unknown> | undefined;

  add(usage: unknown): void {
    if (typeof usage !== 'object' || usage === null || Array.isArray(usage)) {
      this.#warn('usage_missing', 'The provider left out what the message costs.');
      return;
    }
    this.#said ??= {};
    for (const [key, value] of Object.entries(usage)) {
      if (value === null) continue;
      if (!COUNTED.has(key) || isCount(value)) setOwn(this.#said, key, value);
      else {
        Reflect.deleteProperty(this.#said, key);
        this.#warn('usage_odd', `The provider gave no count for ${key}.`);
      }
    }
  }

  /** The snapshot; undefined where nothing has been said. */
  get metadata(): UsageMetadata | undefined {
    if (this.#said === undefined) return undefined;
    const said = this.#said as Readonly<Record<string, number | undefined>>;
    const { cache_creation_input_tokens: cacheCreation = 0 } = said;
    const { cache_read_input_tokens: cacheRead = 0 } = said;
    const { input_tokens: uncached, output_tokens: output } = said;
    const input = uncached === undefined ? undefined : uncached + cacheCreation + cacheRead;
    const details = this.#said['output_tokens_details'] as
      { thinking_tokens?: unknown } | undefined;
    const reasoning = details?.thinking_tokens;
    const metadata: Writable<UsageMetadata> = {};
    if (input !== undefined) metadata.input_tokens = input;
    if (output !== undefined) metadata.output_tokens = output;
    if (input !== undefined && output !== undefined) metadata.total_tokens = input + output;
    metadata.input_token_details = { cache_creation: cacheCreation, cache_read: cacheRead };
    if (isCount(reasoning)) metadata.output_token_details = { reasoning };
    return metadata;
  }

  /** What else is said: caches, tiers, server tools, iterations. */
  get details(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(this.#said ?? {}).filter(([key]) => !BASIC.has(key)));
  }

  #warn(code: string, message: string): void {
    if (!this.warnings.some((warning) => warning.code === code))
      this.warnings.push({ code, message });
  }
}

/** What the metadata says by itself; the rest is among the details. */
const BASIC: ReadonlySet<string> = new Set(['input_tokens', 'output_tokens']);

const COUNTED: ReadonlySet<string> = new Set([
  'input_tokens',
  'output_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
]);

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
