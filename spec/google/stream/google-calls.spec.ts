import { GoogleCalls } from '../../../lib/google/stream/google-calls';

const fail = (_code: string, message: string) => new Error(message) as never;
const calls = (limits = {}) =>
  new GoogleCalls(
    'run-01890000-0000-7000-8000-000000000001',
    { toolJson: 1000, toolJsonDepth: 8, fail, ...limits },
    (problem) => new Error(problem),
  );
const city = (stringValue: string, more = false) => ({
  partialArgs: [{ jsonPath: '$.city', stringValue, ...(more ? { willContinue: true } : {}) }],
  willContinue: true,
});

/** What parts come to: the chunks, and the calls. */
function read(parts: readonly (object | [object, string])[]) {
  const made = calls();
  const chunks = parts.map((part) =>
    Array.isArray(part) ? made.add(part[0] as never, part[1]) : made.add(part as never, undefined),
  );
  return { chunks, settled: made.settle() };
}
const oslo = { type: 'tool_call', name: 'w', args: { city: 'Oslo' } };

describe('GoogleCalls', () => {
  it('makes an id for each call that has none, and keeps those of the server', () => {
    const args = { city: 'Oslo' };
    const { chunks, settled } = read([[{ name: 'w', args }, 'S'], { id: 'own', name: 'w', args }]);
    const id = expect.stringMatching(/^call_\w{1,31}_0$/) as string;
    expect(chunks).toEqual([
      { index: 0, id, name: 'w', args: '{"city":"Oslo"}' },
      { index: 1, id: 'own', name: 'w', args: '{"city":"Oslo"}' },
    ]);
    expect(settled).toEqual([
      { call: { ...oslo, id }, ownId: undefined, signature: 'S' },
      { call: { ...oslo, id: 'own' }, ownId: 'own', signature: undefined },
    ]);
  });

  it.each<[string, readonly object[]]>([
    ['piece by piece', [{ name: 'w', willContinue: true }, city('Os', true), city('lo'), {}]],
    ['without the part that ends it', [{ name: 'w', willContinue: true }, city('Oslo')]],
    [
      'ended by the last string itself',
      [
        { name: 'w', willContinue: true },
        { ...city('Oslo'), willContinue: undefined },
      ],
    ],
    ['as a name, and arguments in a part without one', [{ name: 'w' }, { args: { city: 'Oslo' } }]],
    [
      'with an id that comes again',
      [
        { id: 'x', name: 'w', willContinue: true },
        { id: 'x', name: 'w', ...city('Oslo') },
      ],
    ],
  ])('reads a call that comes %s', (_, parts) => {
    const { settled } = read(parts);
    expect(settled.map(({ call }) => call)).toEqual([expect.objectContaining(oslo)]);
  });

  it('reads several, one after the other, and ones without arguments', () => {
    const { settled, chunks } = read([
      { name: 'now' },
      { name: 'w', willContinue: true },
      city('Oslo'),
      {},
      { name: 'w', willContinue: true },
      city('Rome'),
    ]);
    expect(settled.map(({ call }) => [call.name, call.args])).toEqual([
      ['now', {}],
      ['w', { city: 'Oslo' }],
      ['w', { city: 'Rome' }],
    ]);
    expect(chunks.map((chunk) => chunk?.args)).toEqual([
      '',
      '',
      '{"city":"Oslo"',
      '}',
      '',
      '{"city":"Rome"',
    ]);
  });

  it.each<[string, readonly object[], RegExp]>([
    [
      'that was cut in a string',
      [{ name: 'w', willContinue: true }, city('Os', true)],
      /not finished/,
    ],
    ['that has no name', [{ args: { city: 'Oslo' } }], /no name/],
  ])('makes no call of one %s', (_, parts, error) => {
    expect(read(parts).settled.map(({ call }) => call)).toEqual([
      expect.objectContaining({
        type: 'invalid_tool_call',
        error: expect.stringMatching(error) as string,
      }),
    ]);
  });

  it('says nothing of a part that says nothing', () => {
    expect(read([{}, { willContinue: true }])).toEqual({
      chunks: [undefined, undefined],
      settled: [],
    });
  });

  it('keeps the limits of arguments', () => {
    const made = calls({ toolJson: 10 });
    expect(() => made.add({ name: 'w', args: { city: 'Oslo' } }, undefined)).toThrow(
      /limits.toolJson/,
    );
    const deep = calls({ toolJsonDepth: 2 });
    const value = { partialArgs: [{ jsonPath: '$.a.b.c', numberValue: 1 }] };
    expect(() => deep.add({ name: 'w', ...value }, undefined)).toThrow(/limits.toolJsonDepth/);
  });
});
