import { ownerOf, starterOf } from '../../../lib/sse/server/owner-of.js';

describe('ownerOf', () => {
  it('is what the server says of the request, also later', async () => {
    expect(await ownerOf((name: string) => name, 'ada')).toBe('ada');
    expect(await ownerOf(async (name: string) => name, '__proto__')).toBe('__proto__');
    expect(await ownerOf(undefined, 'ada')).toBeUndefined();
  });

  it.each([undefined, null, ''])('is nobody for %j', async (nobody) => {
    expect(await ownerOf(() => nobody, 0)).toBeUndefined();
  });

  it.each([0, 5, {}, ['a'], true, Symbol('a')])('throws for %p', async (own) => {
    await expect(ownerOf(() => own as never, 0)).rejects.toThrow(/^owner must return a string/);
  });
});

describe('starterOf', () => {
  it('refuses nobody where there are owners', async () => {
    await expect(starterOf(() => null, 0)).rejects.toMatchObject({ status: 401 });
    expect(await starterOf(() => 'ada', 0)).toBe('ada');
    expect(await starterOf(undefined, 0)).toBeUndefined();
  });
});
