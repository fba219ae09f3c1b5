import { RxlmError } from './rxlm-error.js';

/**
 * The error as plain data, as events and pages show it: its name and message, of an error of rxlm its public fields
 * too; never its stack, and nothing that a foreign error says of itself (some carry the request, with its key).
 *
 * @example
 * errorToJson(new RangeError('too far')) // => { name: 'RangeError', message: 'too far' }
 */
export function errorToJson(error: unknown): Record<string, unknown> {
  try {
    return RxlmError.is(error) ? error.toJSON() : nameAndMessage(error);
  } catch {
    return { name: 'Error', message: 'what was thrown cannot be read' };
  }
}

function nameAndMessage(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const { name, message } = error as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : 'what was thrown has no message',
  };
}
