import { approvalOf, isProof, proofOf } from '../../../lib/sse/ui/ui-proof';

const sign = (text: string) => `<${text}>`;

describe('proofOf', () => {
  it('is of a kind and a value', () => {
    expect(proofOf(sign, 'block', [1])).toBe('<rxlm.block:[1]>');
    expect(isProof(sign, 'block', [1], '<rxlm.block:[1]>')).toBe(true);
    expect(isProof(sign, 'approval', [1], '<rxlm.block:[1]>')).toBe(false);
    expect(isProof(sign, 'block', [2], '<rxlm.block:[1]>')).toBe(false);
    expect(isProof(sign, 'block', [1], undefined)).toBe(false);
  });

  it.each([[undefined], [''], [5], [Promise.resolve('a')]])('refuses %p for one', (proof) => {
    expect(() => proofOf((() => proof) as never, 'block', 1)).toThrow(
      new TypeError('sign must return a non-empty string for each text'),
    );
  });
});

it('approvalOf is all that is run', () => {
  expect(approvalOf({ id: '1', name: 'a', args: { b: 1 } })).toEqual(['1', 'a', { b: 1 }]);
});
