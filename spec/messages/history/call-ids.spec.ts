import fc from 'fast-check';
import { CallIds } from '../../../lib/messages/history/call-ids';

describe('CallIds', () => {
  it('gives ids that are valid and unique, and leaves those that are both', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (given) => {
        const ids = new CallIds(/[^a-zA-Z0-9_-]/g);
        const mapped = given.map((id) => ids.next(id));
        expect(new Set(mapped).size).toBe(mapped.length);
        for (const id of mapped) expect(id).toMatch(/^[a-zA-Z0-9_-]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 5, maxLength: 9 })), (given) => {
        const ids = new CallIds(/$^/g, 6);
        const mapped = given.map((id) => ids.next(id.slice(0, 5) + id));
        expect(new Set(mapped).size).toBe(mapped.length);
        for (const id of mapped) expect(id.length).toBeLessThanOrEqual(6);
      }),
    );
    const ids = new CallIds(/[^a-z]/g);
    expect(['a', 'b', 'a', ''].map((id) => ids.next(id))).toEqual(['a', 'b', 'a_2', 'call']);
  });
});
