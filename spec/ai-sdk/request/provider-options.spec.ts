import { providerOptionsOf } from '../../../lib/ai-sdk/request/provider-options';
import type { Part } from '../../../lib/messages/history/part';

const text = (own: object): Part => ({ type: 'text', text: 'x', at: '', own: own as never });
const thought = { type: 'reasoning', text: 'x', at: '', own: {}, signature: 'S' } as const;

it.each<[Part, boolean, object]>([
  [text({}), true, {}],
  [
    text({ providerMetadata: { a: { x: 1, y: 1 } }, providerOptions: { a: { x: 2 }, b: {} } }),
    false,
    { a: { x: 2, y: 1 }, b: {} },
  ],
  [text({ thoughtSignature: 'T' }), false, { google: { thoughtSignature: 'T' } }],
  [
    text({ cache_control: { type: 'ephemeral' } }),
    false,
    { anthropic: { cacheControl: { type: 'ephemeral' } } },
  ],
  [thought, true, { acme: { signature: 'S' } }],
  [thought, false, {}],
])('providerOptionsOf %j, of the same provider: %s', (part, isOwn, options) => {
  const expected = Object.keys(options).length === 0 ? {} : { providerOptions: options };
  expect(providerOptionsOf(part, 'acme', isOwn)).toEqual(expected);
});
