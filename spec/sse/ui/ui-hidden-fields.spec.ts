import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import {
  isRefused,
  keep,
  keepMore,
  restore,
  toMetadata,
} from '../../../lib/sse/ui/ui-hidden-fields';

const sign = (text: string) => createHmac('sha256', 'k').update(text).digest('base64url');
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('keep and restore', () => {
  const fields = fc.dictionary(
    fc.oneof(fc.constantFrom('text', '__proto__', 'constructor', 'id'), fc.string()),
    fc.jsonValue(),
    { noNullPrototype: true },
  );

  it('are each other’s reverse, whatever is shown, for every block', () => {
    fc.assert(
      fc.property(fields, fc.subarray(['text', 'id']), fc.boolean(), (rest, names, signs) => {
        const block = sent({ ...rest, type: 'x' });
        const shown = Object.fromEntries(
          Object.entries(block).filter(([key]) => names.includes(key)),
        );
        const kept = sent(keep(block, names, signs ? sign : undefined));
        expect(isRefused(JSON.stringify(kept.rest ?? {}))).toBe(false);
        const trust = signs ? { sign } : { trusted: true };
        expect(sent(restore(kept, shown, trust))).toEqual(block);
      }),
    );
  });

  it('takes a block from nobody who does not prove it', () => {
    const kept = keep({ type: 'x', a: 1 }, [], sign);
    expect(restore(kept, {}, {})).toBeUndefined();
    const unproven = keep({ type: 'x', a: 1 }, [], undefined);
    expect(unproven).toEqual({ rest: { type: 'x', a: 1 }, unproven: true });
    for (const each of [{ sign }, {}]) {
      expect(restore(unproven, {}, each)).toBeUndefined();
      expect(() => restore({ rest: kept.rest }, {}, each)).toThrow('without the proof');
    }
    expect(restore(kept, {}, { sign })).toEqual({ type: 'x', a: 1 });
    const forged = [
      { ...kept, rest: { type: 'x', a: 2 } },
      { ...kept, rest: { type: 'y', a: 1 } },
      { ...kept, rest: { ...kept.rest, b: 1 } },
      { ...kept, proof: '' },
      { ...kept, proof: 5 },
      { ...kept, proof: null },
    ];
    for (const each of forged)
      expect(() => restore(each, {}, { sign })).toThrow('its proof is false');
    const elsewhere = (text: string) => sign(`other ${text}`);
    expect(() => restore(kept, {}, { sign: elsewhere })).toThrow(TypeError);
  });

  it('keeps nothing where a part shows it all', () => {
    expect(
      keepMore({ type: 'text', text: 'a', b: undefined }, ['type', 'text'], sign),
    ).toBeUndefined();
    expect(keepMore({ type: 'text', text: 'a', b: 1 }, ['type', 'text'], undefined)).toEqual({
      rest: { b: 1 },
      unproven: true,
    });
    expect(toMetadata({})).toEqual({});
  });
});
