import { describeValue } from '../../core/internal/describe-value.js';
import { isStandardSchema } from '../../tools/standard-schema.js';

/** A tool that a client's history may name: one made by `tool()`, or a name and perhaps a schema. */
export interface ClientTool {
  readonly name: string;
  /** A Standard Schema checks the arguments; JSON Schema alone checks nothing. */
  readonly schema?: unknown;
}

/** What a client may claim in the messages that it sends. The defaults accept user text and inline images, nothing else. */
export interface ClientMessagesPolicy {
  /** Whether it may send system (developer) messages. @defaultValue false */
  readonly system?: boolean | undefined;
  /** Whether it may send what the model is supposed to have said before. Only the text counts. @defaultValue false */
  readonly assistant?: boolean | undefined;
  /**
   * Whether assistant messages may have tool calls, and results may follow them: `true` for any tool, or the tools that
   * exist; then each call must name one, and its arguments must match the tool's schema. Implies `assistant`.
   *
   * @defaultValue false
   */
  readonly tools?: boolean | readonly ClientTool[] | undefined;
  /**
   * Signed or encrypted reasoning in assistant messages. A signature cannot be checked here: `'drop'` removes reasoning,
   * `true` accepts it, a function decides for each block.
   *
   * @defaultValue 'refuse'
   */
  readonly reasoning?: 'refuse' | 'drop' | true | ((block: unknown) => boolean) | undefined;
  /**
   * `'data'`: inline base64 only. `'https'`: also `https:` URLs of public host names; a provider, or a server of your own,
   * fetches them. `false`: no files. File ids of a provider are never accepted.
   *
   * @defaultValue 'data'
   */
  readonly files?: 'data' | 'https' | false | undefined;
  /** The media types of inline files. @defaultValue PNG, JPEG, GIF and WebP */
  readonly mediaTypes?: readonly string[] | undefined;
  /** `'user'`: the last message must be the user's. @defaultValue 'user' */
  readonly lastRole?: 'user' | 'any' | undefined;
  /** @defaultValue 1000 */
  readonly maxMessages?: number | undefined;
  /** Bytes of text, arguments and inline files of all messages together. @defaultValue 4 MiB */
  readonly maxBytes?: number | undefined;
}

/** @internal The policy with its defaults. */
export type ClientMessagesRules = {
  readonly [K in keyof ClientMessagesPolicy]-?: Exclude<ClientMessagesPolicy[K], undefined>;
};

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** @internal Throws a `TypeError` that names an invalid option: an option that does not exist could be a misspelt permission. */
export function checkClientMessagesPolicy(policy: ClientMessagesPolicy): ClientMessagesRules {
  if (typeof (policy as unknown) !== 'object' || (policy as unknown) === null)
    throw new TypeError(`policy must be an object, got ${describeValue(policy)}`);
  const rules = {
    system: policy.system ?? false,
    assistant: policy.assistant ?? (policy.tools !== undefined && policy.tools !== false),
    tools: policy.tools ?? false,
    reasoning: policy.reasoning ?? 'refuse',
    files: policy.files ?? 'data',
    mediaTypes: policy.mediaTypes ?? IMAGES,
    lastRole: policy.lastRole ?? 'user',
    maxMessages: policy.maxMessages ?? 1000,
    maxBytes: policy.maxBytes ?? 4 * 1024 * 1024,
  } as const;
  const unknown = Object.keys(policy).find((key) => !Object.hasOwn(rules, key));
  if (unknown !== undefined) throw new TypeError(`policy has no option ${describeValue(unknown)}`);
  const wanted: Readonly<Record<keyof ClientMessagesRules, [boolean, string]>> = {
    system: [isBoolean(rules.system), 'a boolean'],
    assistant: [isBoolean(rules.assistant), 'a boolean'],
    tools: [isBoolean(rules.tools) || areTools(rules.tools), 'a boolean or an array of tools'],
    reasoning: [
      ['refuse', 'drop', true].includes(rules.reasoning as string) ||
        typeof rules.reasoning === 'function',
      "'refuse', 'drop', true or a function",
    ],
    files: [['data', 'https', false].includes(rules.files), "'data', 'https' or false"],
    mediaTypes: [areStrings(rules.mediaTypes), 'an array of media types'],
    lastRole: [['user', 'any'].includes(rules.lastRole), "'user' or 'any'"],
    maxMessages: [rules.maxMessages > 0, 'a number above 0'],
    maxBytes: [rules.maxBytes > 0, 'a number above 0'],
  };
  for (const [name, [ok, what]] of Object.entries(wanted)) {
    if (!ok)
      throw new TypeError(
        `policy.${name} must be ${what}, got ${describeValue(policy[name as keyof ClientMessagesPolicy])}`,
      );
  }
  return rules;
}

const isBoolean = (value: unknown) => typeof value === 'boolean';

function areTools(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (tool: unknown) =>
        typeof (tool as { name?: unknown } | null | undefined)?.name === 'string' &&
        isKnownSchema((tool as { schema?: unknown }).schema),
    )
  );
}

function isKnownSchema(schema: unknown): boolean {
  return (
    schema === undefined ||
    isStandardSchema(schema) ||
    (typeof schema === 'object' && schema !== null)
  );
}

function areStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
