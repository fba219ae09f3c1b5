import { describeValue } from '../../core/internal/describe-value.js';
import { byKey, type CallOptionRulesOf, headersByName, lastOne } from '../merge-call-options.js';
import type { ModelCallOptions } from '../model-call-options.js';

/** The merge rules of the call options of every model: `headers` by name; for all others the later value wins. */
export const MODEL_CALL_OPTIONS: CallOptionRulesOf<ModelCallOptions> = {
  stop: lastOne,
  tools: lastOne,
  toolChoice: lastOne,
  temperature: lastOne,
  maxTokens: lastOne,
  reasoning: byKey,
  responseFormat: lastOne,
  headers: headersByName,
};

/** @internal Throws a `TypeError` for headers that could not be sent; their values are never shown. */
export function checkHeaders(headers: unknown): void {
  if (headers === undefined) return;
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers) {
    throw new TypeError(
      `headers must be an object of names and strings, got ${describeValue(headers)}. Use Object.fromEntries(headers)`,
    );
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new TypeError(`headers has a name that is none: ${describeValue(name)}`);
    }
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw new TypeError(`headers[${describeValue(name)}] must be a string, or null for none`);
    }
    // The characters that HTTP allows.
    if (typeof value === 'string' && /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new TypeError(
        `headers[${describeValue(name)}] has a character that no header may have: encode its value`,
      );
    }
  }
}
