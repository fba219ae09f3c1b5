import { describeValue } from '../../core/internal/describe-value.js';

/** A part of a message of the AI SDK, as far as rxlm reads it. */
export interface UIMessagePart {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** @internal A field that must be a text. */
export function textIn(part: UIMessagePart, field: string): string {
  const value = part[field];
  if (typeof value === 'string') return value;
  throw new TypeError(`a part of type ${describeValue(part.type)} needs a string as its ${field}`);
}
