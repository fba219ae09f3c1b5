import { isJson, type Json } from './shape.js';

/** A block of a message, with its place. */
export interface Block {
  readonly type: string;
  readonly json: Json;
  /** Index of the message and of the block in it: `messages.0.content.1`. */
  readonly path: string;
}

/** What one side says before the other has its turn: messages of one role behind one another are one turn. */
export interface Turn {
  readonly role: string;
  readonly blocks: readonly Block[];
  /** `messages.0`: its last message. */
  readonly path: string;
}

/** A request whose shape is right, read for the rules that look across blocks. */
export interface Request {
  readonly body: Json;
  readonly messages: readonly Turn[];
  readonly turns: readonly Turn[];
}

export function readRequest(body: Json): Request {
  const messages = (body['messages'] as readonly Json[]).map(({ role, content }, index) => {
    const path = `messages.${String(index)}`;
    return { role: String(role), path, blocks: blocksOf(content, `${path}.content`) };
  });
  const turns: Turn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else turns[turns.length - 1] = { ...message, blocks: [...last.blocks, ...message.blocks] };
  }
  return { body, messages, turns };
}

/** The blocks of content; a string is one of text. */
export function blocksOf(content: unknown, path: string): Block[] {
  if (typeof content === 'string') {
    return [{ type: 'text', json: { type: 'text', text: content }, path }];
  }
  return Array.isArray(content)
    ? content.filter(isJson).map((json, index) => ({
        type: String(json['type']),
        json,
        path: `${path}.${String(index)}`,
      }))
    : [];
}
