import { setOwn } from '../../../lib/messages/internal/set-own.js';

describe('setOwn', () => {
  it.each(['a', '__proto__', 'constructor', 'toString', ''])(
    '[17] sets an own field of the name %j',
    (key) => {
      const target: Record<string, unknown> = {};
      setOwn(target, key, { polluted: true });
      setOwn(target, key, { set: 'again' });
      expect(Object.entries(target)).toEqual([[key, { set: 'again' }]]);
      expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
      expect({}).not.toHaveProperty('polluted');
    },
  );
});
