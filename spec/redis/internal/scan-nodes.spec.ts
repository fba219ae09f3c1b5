import fc from 'fast-check';
import { scanNodes } from '../../../lib/redis/internal/scan-nodes.js';

describe('scanNodes', () => {
  /** A node that gives its keys a page at a time. */
  const node =
    (pages: readonly (readonly string[])[]) =>
    async (cursor: string): Promise<readonly [string, readonly string[]]> => {
      const at = Number(cursor);
      return [at + 1 < pages.length ? String(at + 1) : '0', pages[at] ?? []];
    };

  it('gives all keys of all nodes, each once', async () => {
    const pages = fc.array(fc.array(fc.string(), { maxLength: 3 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(pages, { maxLength: 4 }), async (nodes) => {
        const scan = scanNodes(nodes.map(node));
        const found: string[] = [];
        let cursor = '0';
        do {
          const [next, keys] = await scan(cursor, '*', 2);
          found.push(...keys);
          cursor = next;
        } while (cursor !== '0');
        expect(found).toEqual(nodes.flat(2));
      }),
    );
  });

  it.each(['9.0', 'x', '', '1.x'])(
    'ends at the cursor %j, which it has not given',
    async (cursor) => {
      const scan = scanNodes([node([['a']])]);
      expect((await scan(cursor, '*', 1))[0]).toBe('0');
    },
  );
});
