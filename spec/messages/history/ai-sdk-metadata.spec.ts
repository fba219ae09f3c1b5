import {
  cacheFields,
  reasoningFields,
  reasoningMetadata,
} from '../../../lib/messages/history/ai-sdk-metadata.js';

describe('reasoning in the metadata of the AI SDK', () => {
  it.each([
    { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
    { type: 'redacted_thinking', data: 'AbC=' },
  ])('comes back as the block that it was: %j', (block) => {
    const { metadata, shown } = reasoningMetadata(block)!;
    expect(Object.keys(block)).toEqual(shown);
    expect(reasoningFields(metadata, 'Hm.', undefined)).toEqual(block);
  });

  it.each([
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'thinking', thinking: 'Hm.', signature: '' },
    { type: 'text', signature: 'sig' },
    { type: 'redacted_thinking' },
  ])('is not written for %j', (block) => {
    expect(reasoningMetadata(block)).toBeUndefined();
  });

  it.each([
    [undefined, undefined, { reasoning: 'Hm.' }],
    [null, 'thinking', { thinking: 'Hm.' }],
    [{ anthropic: null }, 'reasoning', { reasoning: 'Hm.' }],
    [{ anthropic: { signature: 5 } }, undefined, { reasoning: 'Hm.' }],
  ])('of %j and a kept block of type %s: %j', (metadata, type, fields) => {
    expect(reasoningFields(metadata, 'Hm.', type)).toEqual(fields);
  });
});

describe('cacheFields', () => {
  const point = { type: 'ephemeral' };
  it.each([
    [{ anthropic: { cacheControl: point } }, { cache_control: point }],
    [{ anthropic: { cache_control: point } }, { cache_control: point }],
    [{ anthropic: {} }, {}],
    [{ openai: { cacheControl: point } }, {}],
    [undefined, {}],
  ])('%j: %j', (metadata, fields) => {
    expect(cacheFields(metadata)).toEqual(fields);
  });
});
