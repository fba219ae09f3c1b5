import { refusalOf } from '../../../lib/testing/anthropic/request-rules/check-request.js';

export type Body = Readonly<Record<string, unknown>>;

/** A request that the service takes, with these fields in place of its own. */
export const request = (fields: Body = {}): Body => ({
  model: 'claude-haiku-4-5',
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'Hi' }],
  ...fields,
});

export const user = (...content: unknown[]): Body => ({ role: 'user', content });
export const assistant = (...content: unknown[]): Body => ({ role: 'assistant', content });
export const text = (value: string): Body => ({ type: 'text', text: value });
export const call = (id: string, more: Body = {}): Body => ({
  type: 'tool_use',
  id,
  name: 'add',
  input: {},
  ...more,
});
export const result = (id: string, more: Body = {}): Body => ({
  type: 'tool_result',
  tool_use_id: id,
  content: '3',
  ...more,
});

export const ask = (...messages: unknown[]): string | undefined => refusalOf(request({ messages }));
/** What is said of a user's block. */
export const show = (block: unknown): string | undefined => ask(user(block));
/** What is said of an answer's blocks before a further question. */
export const goOn = (...blocks: unknown[]): string | undefined =>
  ask(user(text('Hi')), assistant(...blocks), user(text('And?')));
