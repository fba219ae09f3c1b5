import { checkNesting } from '../../../lib/sse/server/check-nesting';

const deep = (levels: number, open = '[', close = ']') =>
  JSON.parse(open.repeat(levels) + (open === '[' ? '' : '1') + close.repeat(levels)) as unknown;

describe('checkNesting', () => {
  it('counts levels of arrays and of objects', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      expect(() => {
        checkNesting(deep(64, open, close));
      }).not.toThrow();
      for (const levels of [65, 200_000])
        expect(() => {
          checkNesting(deep(levels, open, close));
        }).toThrow(new TypeError('the input nests deeper than 64 levels'));
    }
    expect(() => {
      checkNesting(deep(3), 2);
    }).toThrow('deeper than 2 levels');
  });

  it('ends for a value that holds itself', () => {
    const loop: { self?: unknown; again?: unknown } = {};
    loop.self = loop;
    loop.again = loop;
    expect(() => {
      checkNesting(loop);
    }).toThrow('deeper than');
  });

  it('takes what is no object, and bytes, for one level', () => {
    for (const value of [undefined, null, 'a', 5, new Uint8Array(1_000_000)])
      expect(() => {
        checkNesting(value, 1);
      }).not.toThrow();
  });

  it('does not quote what a getter throws', () => {
    const trap = {
      get a() {
        throw new Error('secret');
      },
    };
    expect(() => {
      checkNesting([trap]);
    }).toThrow(new TypeError('the input cannot be read'));
  });
});
