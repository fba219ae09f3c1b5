import { refusal } from './refusal.js';
import type { Fields } from './part.js';

/**
 * @internal A text without halves of surrogate pairs, as they remain where a text was cut: a request with one is invalid
 * JSON to some servers.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** An escape in JSON; the group matches half of a pair, which `JSON.stringify` escapes only where it stands alone. */
const ESCAPE = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/g;

/**
 * @internal The input of a call as plain JSON without such halves. Throws a `TypeError` for what JSON does not have, with the
 * place of the call.
 */
export function wellFormedInput(input: Fields, at: string): Fields {
  let json: string;
  try {
    json = JSON.stringify(input);
  } catch (cause) {
    throw refusal(
      at,
      `the arguments of a call are no JSON (${(cause as Error).message.split('\n', 1)[0] ?? ''})`,
      'Give it arguments that JSON can hold',
    );
  }
  const clean = json.replace(ESCAPE, (escape, half) => (half === undefined ? escape : '\\ufffd'));
  return clean === json ? input : (JSON.parse(clean) as Fields);
}
