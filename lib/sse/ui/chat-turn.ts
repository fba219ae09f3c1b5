import { attempt } from '../../core/internal/try-or-undefined.js';
import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import { withoutTrailingSlashes } from '../../http/internal/without-trailing-slashes.js';
import { badRequest, refusal } from '../server/bad-request.js';
import { hashOf } from '../server/hash-of.js';
import { requestUrl } from '../server/request-url.js';

/** @internal What a request of `useChat` asks for. */
export interface ChatTurn {
  /** The chat of its owner. */
  readonly thread: string;
  /** The same for a repeated request, another one for each turn; undefined where the message has no id. */
  readonly key: string | undefined;
  /** Whether there is an answer, and another one is asked for. */
  readonly isAnotherAnswer: boolean;
  /** The id of the answer that this turn goes on with, after an approval or a result of the page's own tools. */
  readonly answerId: string | undefined;
  /** The parts that this answer has already. */
  readonly parts: readonly unknown[];
}

/** @internal Rejects with a refusal for what no `DefaultChatTransport` sends. */
export async function readTurn(
  body: Readonly<Record<string, unknown>>,
  owner: string | undefined,
): Promise<ChatTurn> {
  const { id: chat, messages, message, trigger, messageId } = body;
  if (!isChatId(chat))
    throw badRequest(
      `id must be that of a chat, of 1 to 256 characters, got ${describeValue(chat)}`,
    );
  const all = Array.isArray(messages) ? (messages as readonly unknown[]) : [message];
  const last = all.at(-1);
  if (!isRecord(last))
    throw badRequest(`messages must have a last message, got ${describeValue(last)}`);
  const { id, role, parts } = last;
  const goesOn = role === 'assistant';
  const isKnown = typeof id === 'string' && id !== '';
  const asked = [owner ?? null, chat, trigger, messageId, all.length, last];
  return {
    thread: await threadOf(owner, chat),
    key: isKnown ? await hashOf(asked) : undefined,
    isAnotherAnswer: trigger === 'regenerate-message',
    answerId: isKnown && goesOn && id.length <= 256 ? id : undefined,
    parts: goesOn && Array.isArray(parts) ? parts : [],
  };
}

/** @internal The name of a chat's runs. No two owners have the same one. */
export async function threadOf(owner: string | undefined, chat: string): Promise<string> {
  return `chat-${await hashOf([owner ?? null, chat])}`;
}

/** @internal The chat in `/api/chat/:chat/stream`; a refusal for another path. */
export function chatIdIn(url: string): string {
  const { pathname } = requestUrl(url);
  const [part, last] = withoutTrailingSlashes(pathname).split('/').slice(-2);
  const id = attempt(() => decodeURIComponent(part ?? ''));
  if (last !== 'stream' || !isChatId(id)) throw refusal(404, 'there is no such chat');
  return id;
}

function isChatId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= 256;
}
