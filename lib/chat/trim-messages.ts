import { describeValue } from '../core/internal/describe-value.js';
import type { AnyMessage } from '../messages/any-message.js';

/** To what messages are trimmed; with both limits, to both. */
export interface TrimOptions {
  /** Messages that stay at most. */
  readonly maxMessages?: number | undefined;
  /** Tokens that stay at most, as `countTokens` counts them. */
  readonly maxTokens?: number | undefined;
  /** The tokens of one message; needed with `maxTokens`. */
  readonly countTokens?: ((message: AnyMessage) => number) | undefined;
}

/**
 * The latest messages that keep to the limits, from a question of the user on: no call is cut from its result. System messages
 * stay and count. The latest question stays with all that follows it, even where that is more than a limit.
 *
 * Throws a `TypeError` that names an invalid option. Each message is counted once.
 *
 * @example
 * const history = [new HumanMessage('a'), new AIMessage('b'), new HumanMessage('c'), new AIMessage('d')];
 * trimMessages(history, { maxMessages: 3 }).map(({ text }) => text) // => ['c', 'd']
 */
export function trimMessages(
  messages: readonly AnyMessage[],
  options: TrimOptions,
): readonly AnyMessage[] {
  const { maxMessages = Infinity, maxTokens = Infinity, countTokens } = check(options);
  const count = (message: AnyMessage) => countTokens?.(message) ?? 0;
  const isKept = ({ type }: AnyMessage) => type === 'system';
  const system = messages.filter(isKept);
  let size = system.length;
  let tokens = system.reduce((sum, message) => sum + count(message), 0);
  let start: number | undefined;
  for (const [index, message] of [...messages.entries()].reverse()) {
    if (isKept(message)) continue;
    size += 1;
    tokens += count(message);
    if (start !== undefined && (size > maxMessages || tokens > maxTokens)) break;
    if (message.type === 'human') start = index;
  }
  const from = start ?? 0;
  return from === 0 ? messages : messages.filter((each, index) => index >= from || isKept(each));
}

function check(options: TrimOptions): TrimOptions {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { maxMessages, maxTokens, countTokens } = options;
  for (const [name, value] of Object.entries({ maxMessages, maxTokens }))
    if (value !== undefined && !(typeof value === 'number' && value >= 1))
      throw new TypeError(`${name} must be a number of at least 1, got ${describeValue(value)}`);
  if (countTokens !== undefined && typeof countTokens !== 'function')
    throw new TypeError(`countTokens must be a function, got ${describeValue(countTokens)}`);
  if (maxTokens !== undefined && countTokens === undefined)
    throw new TypeError('maxTokens needs countTokens, which counts the tokens of a message');
  return options;
}
