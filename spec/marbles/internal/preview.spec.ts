import fc from 'fast-check';
import { cutText, preview } from '../../../lib/marbles/internal/preview';

describe('preview', () => {
  it('is JSON where that is short', () => {
    const value = { a: [1, 'x', null, true], b: { c: {} } };
    expect(preview(value)).toBe(JSON.stringify(value));
  });

  it('is short, plain and never throws, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        // eslint-disable-next-line no-control-regex -- they are what must not be there
        expect(preview(value)).not.toMatch(/[\0-\x08\x0b-\x1f\u202e\p{Cs}]/u);
        expect(preview(value).length).toBeLessThan(1200);
      }),
    );
  });

  it('ends with what is endless', () => {
    const round: Record<string, unknown> = {};
    round['round'] = round;
    expect(preview(round)).toContain('…');
    const hostile = {
      a: 1,
      get b(): never {
        throw new Error('no');
      },
    };
    expect(preview(hostile)).toBe('{"a":1,');
    expect(preview({ ['__proto__']: 1 })).toBe('{"__proto__":1}');
  });

  it('reads of a large value no more than it shows', () => {
    let read = 0;
    const large = new Proxy(Array<number>(100_000).fill(1), {
      get: (target, key, receiver) => {
        read += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    expect(preview(large)).toHaveLength(120);
    expect(read).toBeLessThan(100);
  });
});

describe('cutText', () => {
  it('cuts a megabyte', () => {
    expect(cutText('x'.repeat(1_000_000))).toHaveLength(120);
    expect(cutText('gold', 3)).toBe('go…');
  });
});
