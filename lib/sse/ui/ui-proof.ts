import type { ToolCall } from '../../messages/tool-call.js';
import { ownCode } from '../server/server-fault.js';

/**
 * Makes the proof of a text that only the server can make: an HMAC of it, say. Sign with it what the text belongs to (the session,
 * the chat), or a proof is valid everywhere and for ever.
 *
 * @example
 * // const sign = (text: string) =>
 * //   createHmac('sha256', secret).update(JSON.stringify([session.id, chatId, text])).digest('base64url');
 */
export type UISign = (text: string) => string;

/** @internal The proof that a value of this kind came from here. */
export function proofOf(sign: UISign, kind: string, value: unknown): string {
  const proof = sign(`rxlm.${kind}:${JSON.stringify(value)}`) as unknown;
  if (typeof proof === 'string' && proof !== '') return proof;
  throw new TypeError('sign must return a non-empty string for each text');
}

/** @internal Whether it is that proof, found out in a time that says nothing of where it differs. */
export function isProof(sign: UISign, kind: string, value: unknown, given: unknown): boolean {
  const proof = ownCode(() => proofOf(sign, kind, value));
  if (typeof given !== 'string' || given.length !== proof.length) return false;
  let difference = 0;
  for (let at = 0; at < proof.length; at++)
    difference |= proof.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}

/** @internal What an approval is of: exactly the call that was shown. */
export function approvalOf({ id, name, args }: Omit<ToolCall, 'type'>): unknown {
  return [id, name, args];
}
