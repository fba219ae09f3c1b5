import { collectMetadata, saysOfMessage } from '../../../lib/openai/chat/metadata.js';

describe('collectMetadata', () => {
  it('keeps the last of each field, and the first id and model that are not empty', () => {
    const metadata: Record<string, unknown> = {};
    collectMetadata(metadata, { id: '', model: '', service_tier: 'a' });
    collectMetadata(metadata, { id: 'one', model: 'm', service_tier: 'b', provider: null });
    collectMetadata(metadata, { id: 'two', model: 'n', service_tier: null });
    expect(metadata).toEqual({ id: 'one', model: 'm', service_tier: 'b' });
  });

  it("returns the usage, where there is one; Groq's may stand in a place of its own", () => {
    expect(collectMetadata({}, { usage: { a: 1 }, x_groq: { usage: { b: 2 } } })).toEqual({ a: 1 });
    expect(collectMetadata({}, { usage: null, x_groq: { usage: { b: 2 } } })).toEqual({ b: 2 });
    expect(collectMetadata({}, { usage: null })).toBeUndefined();
  });
});

it('saysOfMessage knows what is no chunk of a message', () => {
  expect(saysOfMessage({ usage: { a: 1 } })).toBe(true);
  expect(saysOfMessage({ x_groq: {} })).toBe(true);
  expect(saysOfMessage({ object: 'of.the.future', note: 1 })).toBe(false);
});
