import { KNOWN_ROLES, systemFields, typeOfRole } from '../../../lib/messages/history/roles.js';

describe('typeOfRole', () => {
  it.each([
    ['user', 'human'],
    ['assistant', 'ai'],
    ['AIMessageChunk', 'ai'],
    ['developer', 'system'],
    ['Tool', 'tool'],
    ['toString', undefined],
    [undefined, undefined],
  ])('%s: %s', (role, type) => {
    expect(typeOfRole(role)).toBe(type);
  });

  it('knows every role that an error lists', () => {
    const roles = KNOWN_ROLES.split(/, | or /);
    expect(roles.length).toBeGreaterThan(5);
    expect(roles.filter((role) => typeOfRole(role) === undefined)).toEqual([]);
  });
});

describe('systemFields', () => {
  it('keeps that a message was the developer’s, beside what it has', () => {
    const fields = { content: 'Be terse.', additional_kwargs: { a: 1 } };
    expect(systemFields('developer', fields).additional_kwargs).toEqual({
      a: 1,
      __openai_role__: 'developer',
    });
    expect(systemFields('system', fields)).toBe(fields);
  });
});
