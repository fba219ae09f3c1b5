import { attempt } from '../../core/internal/try-or-undefined.js';
import type { Runnable } from '../../core/runnable.js';
import { coerceMessage, type MessageInput } from '../../messages/coerce-messages.js';
import { badRequest } from './bad-request.js';
import { checkAgainst } from './check-client-messages.js';
import { checkNesting } from './check-nesting.js';
import type { ClientMessagesRules } from './client-messages-policy.js';
import { checked } from './server-fault.js';

/**
 * @internal Checks a client's input: the messages for a model, an agent or a chain that begins with one; otherwise every
 * value that looks like a message, because a prompt inserts it into a conversation as it is.
 */
export function clientInput(
  runnable: Runnable<never, unknown, unknown>,
  input: unknown,
  rules: ClientMessagesRules,
): unknown {
  if (takesMessages(runnable)) {
    const messages = checkAgainst(input, rules);
    return typeof input === 'string' ? input : messages;
  }
  checked(() => {
    checkNesting(input);
  }, badRequest);
  checkNested(input, { ...rules, lastRole: 'any' });
  return input;
}

/** Whether it takes messages, or a wrapper hands its input to something that does: then it reads those of this value. */
function takesMessages(runnable: Runnable<never, unknown, unknown>): boolean {
  if (runnable.runType === 'chat_model') return true;
  let asked = false;
  const probe = {
    toChatMessages() {
      asked = true;
      return [''];
    },
  };
  attempt(() => {
    runnable.checkInput(probe as never);
  });
  return asked;
}

function checkNested(value: unknown, rules: ClientMessagesRules): void {
  if (typeof value !== 'object' || value === null) return;
  if (looksLikeMessage(value)) checkAgainst([value], rules);
  else for (const inner of Object.values(value)) checkNested(inner, rules);
}

function looksLikeMessage(value: object): boolean {
  return attempt(() => coerceMessage(value as MessageInput)) !== undefined;
}
