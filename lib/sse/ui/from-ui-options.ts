import { describeValue } from '../../core/internal/describe-value.js';
import {
  checkClientMessagesPolicy,
  type ClientMessagesPolicy,
  type ClientMessagesRules,
  type ClientTool,
} from '../server/client-messages-policy.js';
import type { UIMessagePart } from './ui-part.js';
import type { UISign } from './ui-proof.js';

/** A tool that a page's history may name. */
export interface UITool extends ClientTool {
  /** A Standard Schema checks the outputs that the page sends. */
  readonly outputSchema?: unknown;
}

/**
 * What a page may claim in the UI messages that it sends. The defaults accept text, of the user and of the answers before, and
 * the user's inline images.
 */
export interface FromUIMessagesOptions extends Pick<
  ClientMessagesPolicy,
  'system' | 'files' | 'mediaTypes' | 'lastRole' | 'maxMessages' | 'maxBytes'
> {
  /**
   * The tools that calls in the history may be of: each call must name one, and its input must match the tool's schema.
   * `true` accepts any.
   *
   * @defaultValue false
   */
  readonly tools?: boolean | readonly UITool[] | undefined;
  /**
   * What {@link toUIMessageStream} was given: checks that reasoning, parts that the provider has run itself, and approved
   * calls came from this server. Without it the first two are left out, and an approved call is refused.
   */
  readonly sign?: UISign | undefined;
  /** Whether a provider's file ids in `providerReference` may be used: say which ones are this user's. None by default. */
  readonly fileIds?: ((id: string) => boolean) | undefined;
  /** What the model is given of a data part: a part of a UI message (text or file), or undefined for nothing, the default. */
  readonly convertDataPart?: ((part: UIMessagePart) => UIMessagePart | undefined) | undefined;
  /**
   * For messages of the server's own store and no others: nothing is refused, signed parts need no proof, and cache points
   * (`providerMetadata.anthropic.cacheControl`) count.
   *
   * @defaultValue false
   */
  readonly trusted?: boolean | undefined;
}

/** @internal The options with their defaults. */
export interface FromUIRules extends Omit<ClientMessagesRules, 'tools'> {
  readonly tools: boolean | readonly UITool[];
  readonly sign: UISign | undefined;
  readonly fileIds: (id: string) => boolean;
  readonly convertDataPart: NonNullable<FromUIMessagesOptions['convertDataPart']>;
  readonly trusted: boolean;
}

/** What the server has stored it may say. */
const TRUSTED: ClientMessagesPolicy = {
  system: true,
  tools: true,
  lastRole: 'any',
  maxMessages: Infinity,
  maxBytes: Infinity,
};

/** @internal Throws a `TypeError` that names an invalid option, or one that does not exist. */
export function checkFromUIOptions(options: FromUIMessagesOptions): FromUIRules {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { sign, fileIds, convertDataPart, trusted = false, ...policy } = options;
  for (const [name, value] of Object.entries({ sign, fileIds, convertDataPart })) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
  }
  if (typeof trusted !== 'boolean')
    throw new TypeError(`trusted must be a boolean, got ${describeValue(trusted)}`);
  const rules = checkClientMessagesPolicy({
    // Answers are part of every conversation of a page; they are text only, unless they are proven.
    assistant: true,
    ...(trusted ? TRUSTED : {}),
    ...policy,
  });
  return {
    ...rules,
    sign,
    fileIds: trusted ? () => true : (fileIds ?? (() => false)),
    convertDataPart: convertDataPart ?? (() => undefined),
    trusted,
  };
}
