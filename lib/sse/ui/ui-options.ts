import { identity } from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { describeValue } from '../../core/internal/describe-value.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import type { EdgeErrorHandler } from '../frames/edge-errors.js';
import { safeErrorText } from './ui-error-text.js';
import type { UIFinishReason } from './ui-message-chunk.js';
import type { UISign } from './ui-proof.js';

/** What is known of a message when its metadata is asked for. */
export type UIMessageMoment =
  | { readonly phase: 'start' }
  | {
      readonly phase: 'finish';
      readonly finishReason: UIFinishReason;
      /** What it has cost; of an agent, all turns together. */
      readonly usage: UsageMetadata | undefined;
    };

/** The options of a UI message stream. */
export interface UIMessageStreamOptions {
  /** The id of the message, or what makes one for each subscription. The client makes one by default. */
  readonly messageId?: string | (() => string) | undefined;
  /** Metadata of the message, asked for at its start and its finish; undefined for none. */
  readonly messageMetadata?: ((moment: UIMessageMoment) => unknown) | undefined;
  /**
   * The text for the reader of an error, or of a failed tool result. Default: the kind of the error, and nothing of its
   * text, which may hold secrets.
   */
  readonly errorText?: ((error: unknown) => string) | undefined;
  /** What the reader is given of a tool's result. By default its content, and text that is JSON as that value. */
  readonly toolOutput?: ((result: ToolMessage) => unknown) | undefined;
  /**
   * Proves what only the server may say in the next request: reasoning, what the provider has run itself, and the calls that
   * an approval is asked for. {@link fromUIMessages} is given the same. Without one it takes none of these back from a client.
   */
  readonly sign?: UISign | undefined;
  /**
   * Hears of every error that the reader learns of by a safe text only: a run that failed, a function of yours that did. By
   * default the platform warns of those that are your own code's.
   */
  readonly onError?: EdgeErrorHandler | undefined;
  /**
   * Which custom events are sent, as `data-<name>` parts: their names, or by name what makes such a part of an event's data
   * (undefined: none). With an `id` it replaces the part of that id before it. None by default; the source must be `events$`.
   */
  readonly customEvents?: readonly string[] | Readonly<Record<string, UIDataMaker>> | undefined;
  /**
   * Whether the page is shown the values that tools emit before their result (of a generator or an Observable), each as the
   * output so far, which the next one replaces. A function returns what is shown of a value, or undefined for nothing. The
   * source must be `events$`.
   *
   * @defaultValue false
   */
  readonly toolProgress?: boolean | ((value: unknown, call: UIEventCall) => unknown) | undefined;
}

/** The call that a tool is run for. */
export interface UIEventCall {
  readonly toolCallId: string;
  readonly toolName: string;
}

/** Makes a data part of a custom event's data; `call` is that of the tool inside which it was dispatched. */
export type UIDataMaker = (data: unknown, call: UIEventCall | undefined) => UIDataPart | undefined;

/** What a data part says. A part with an `id` replaces the one before it; one that is `transient` is not kept by the page. */
export interface UIDataPart {
  readonly data: unknown;
  readonly id?: string | undefined;
  readonly transient?: boolean | undefined;
}

/** @internal The options as they are used. */
export interface UIMessageStreamSettings {
  readonly messageId: (() => string) | undefined;
  readonly messageMetadata: UIMessageStreamOptions['messageMetadata'];
  readonly errorText: (error: unknown) => string;
  readonly toolOutput: (result: ToolMessage) => unknown;
  readonly sign: UISign | undefined;
  readonly onError: EdgeErrorHandler | undefined;
  readonly customEvents: (name: string) => UIDataMaker | undefined;
  readonly toolProgress: ((value: unknown, call: UIEventCall) => unknown) | undefined;
}

/** @internal Throws a `TypeError` for invalid options. */
export function checkUIOptions(options: UIMessageStreamOptions): UIMessageStreamSettings {
  if (typeof (options as unknown) !== 'object')
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { messageId, messageMetadata, errorText, toolOutput, sign, onError } = options;
  const { customEvents = [], toolProgress = false } = options;
  for (const [name, value] of Object.entries({
    messageMetadata,
    errorText,
    toolOutput,
    sign,
    onError,
  })) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
  }
  if (!['undefined', 'string', 'function'].includes(typeof messageId)) {
    throw new TypeError(
      `messageId must be a string or a function, got ${describeValue(messageId)}`,
    );
  }
  if (typeof toolProgress !== 'boolean' && typeof toolProgress !== 'function')
    throw new TypeError(
      `toolProgress must be a boolean or a function, got ${describeValue(toolProgress)}`,
    );
  return {
    messageId: typeof messageId === 'string' ? () => messageId : messageId,
    messageMetadata: messageMetadata && ((moment) => sendable(messageMetadata(moment))),
    // `errorText` may throw itself.
    errorText: (error) => attempt(() => errorText?.(error)) ?? safeErrorText(error),
    toolOutput: (result) => sendable((toolOutput ?? outputOf)(result)),
    sign,
    onError,
    customEvents: dataMakers(customEvents),
    toolProgress:
      typeof toolProgress === 'function' ? toolProgress : toolProgress ? identity : undefined,
  };
}

function dataMakers(
  events: readonly string[] | Readonly<Record<string, UIDataMaker>>,
): UIMessageStreamSettings['customEvents'] {
  if (isNames(events)) return (name) => (events.includes(name) ? (data) => ({ data }) : undefined);
  const makers = Object.entries(Object(events) as Record<string, unknown>);
  if (typeof events !== 'object' || !makers.every(([, make]) => typeof make === 'function'))
    throw new TypeError(
      `customEvents must be an array of names, or functions by name, got ${describeValue(events)}`,
    );
  return (name) => (Object.hasOwn(events, name) ? events[name] : undefined);
}

function isNames(events: unknown): events is readonly string[] {
  return Array.isArray(events);
}

/** @internal The same value. Throws here if it is not JSON, and not later while it is being sent. */
export function sendable<T>(value: T): T {
  JSON.stringify(value);
  return value;
}

/** Tools that give an object write it as JSON for the model. What the AI SDK refuses to read as an object it may have as text. */
function outputOf({ content }: ToolMessage): unknown {
  if (typeof content !== 'string' || !/^\s*[[{]/.test(content) || REFUSED.test(content))
    return content;
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return content;
  }
}

const REFUSED = /"(__proto__|constructor)"/;
