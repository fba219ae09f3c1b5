import type { ModelError } from '../../errors/model-error.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal } from '../../messages/history/refusal.js';
import { isBlockType } from './block-fields.js';
import { keepReturnable } from './keep-returnable.js';
import { moveMedia } from './move-media.js';
import { pairServerTools } from './pair-server-tools.js';
import { renameServerCalls } from './server-call-ids.js';
import { toContent } from './to-content.js';
import { modelError, PROVIDER } from '../internal/errors.js';

/** @internal What a request says: the `system` that leads, and the turns. */
export interface RequestMessages {
  readonly system: unknown;
  readonly messages: readonly RequestMessage[];
}

interface RequestMessage {
  readonly role: Turn['role'];
  readonly content: unknown;
}

const RULES: CallRules = {
  refusedInIds: /[^a-zA-Z0-9_-]/g,
  contradiction: (at, problem) =>
    invalidHistory(`${at}: ${problem}. Give each call an id of its own, and one result`),
};

/**
 * @internal A conversation as the API takes it, whichever library wrote it: one pass, without effects, that repairs what can
 * be repaired without a change of meaning.
 *
 * Throws a `TypeError` for content that the API has no block for, and where there is nothing to send; a `ModelError`
 * with code `invalid_request` for a history that contradicts itself.
 */
export function toRequestMessages(messages: readonly AnyMessage[]): RequestMessages {
  const read = keepReturnable(readTurns(messages, PROVIDER));
  const paired = pairServerTools(renameServerCalls(read));
  const turns = dropEmpty(moveMedia(placeResults(paired, RULES)));
  const said = trimPrefill(turns.filter(({ parts }) => parts.length > 0));
  checkLast(turns, said);
  const first = said.findIndex(({ role }) => role !== 'system');
  const leading = first === -1 ? said : said.slice(0, first);
  return {
    system: toSystem(leading),
    messages: said.slice(leading.length).map((turn) => ({
      role: turn.role,
      content: contentOf(turn),
    })),
  };
}

/** An answer that the model is to go on with cannot end in whitespace. */
function trimPrefill(turns: readonly Turn[]): readonly Turn[] {
  const turn = turns.at(-1);
  if (turn?.role !== 'assistant') return turns;
  const parts = [...turn.parts];
  for (let last = parts.at(-1); last?.type === 'text'; last = parts.at(-1)) {
    const text = last.text.trimEnd();
    parts.pop();
    if (text === '') continue;
    parts.push({ ...last, text });
    break;
  }
  return [...turns.slice(0, -1), { ...turn, parts }];
}

/** An empty question is not left out: the model would go on with its last answer instead. */
function checkLast(turns: readonly Turn[], said: readonly Turn[]): void {
  if (said.every(({ role }) => role === 'system'))
    throw new TypeError(
      turns.some(({ role }) => role !== 'system')
        ? 'the messages have no content: give at least one that says something'
        : 'there is no message to answer: give at least one that is no system message',
    );
  const last = turns.at(-1);
  if (last?.role === 'user' && last.parts.length === 0 && said.at(-1)?.role === 'assistant')
    throw invalidHistory(`${last.at}: the last message is empty. Give it a text, or leave it out`);
}

function toSystem(turns: readonly Turn[]): unknown {
  const [only] = turns;
  if (turns.length <= 1) return only && contentOf(only);
  return turns.flatMap((turn) => contentOf({ ...turn, plain: false }));
}

function contentOf(turn: Turn): unknown {
  if (turn.role === 'system')
    for (const part of turn.parts)
      if (part.type !== 'text')
        throw refusal(part.at, 'a system message holds text only', 'Put it in a human message');
  return toContent(turn.parts, { plain: turn.plain, isOwn: isOwnAnswer(turn) });
}

/** Whether the API has given a turn: its message says so, or has blocks that nobody else makes. */
function isOwnAnswer({ role, parts, message }: Turn): boolean {
  if (role !== 'assistant') return false;
  const provider = message?.response_metadata['model_provider'];
  if (provider !== undefined) return provider === PROVIDER;
  return parts.some((part) => part.type === 'other' && isBlockType(part.blockType));
}

function invalidHistory(message: string): ModelError {
  return modelError('invalid_request', message);
}
