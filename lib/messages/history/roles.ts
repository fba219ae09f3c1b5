import type { AnyMessage } from '../any-message.js';
import type { MessageFields } from '../message.js';

const ROLES: Readonly<Record<string, AnyMessage['type']>> = {
  human: 'human',
  user: 'human',
  ai: 'ai',
  assistant: 'ai',
  system: 'system',
  developer: 'system',
  tool: 'tool',
};

/** @internal The type of message that a role of any library names; undefined for an unknown role. */
export function typeOfRole(role: unknown): AnyMessage['type'] | undefined {
  // LangChain's chunks are messages of their role.
  const key = String(role)
    .toLowerCase()
    .replace(/messagechunk$/, '');
  return Object.hasOwn(ROLES, key) ? ROLES[key] : undefined;
}

/** @internal Why a role is refused: the roles that are known. */
export const KNOWN_ROLES = 'human, user, ai, assistant, system, developer or tool';

/** @internal The fields of a system message, with the role that it was given under where LangChain keeps it. */
export function systemFields(role: unknown, fields: MessageFields): MessageFields {
  if (role !== 'developer') return fields;
  return {
    ...fields,
    additional_kwargs: { ...fields.additional_kwargs, __openai_role__: 'developer' },
  };
}
