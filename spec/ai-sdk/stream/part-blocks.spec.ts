import {
  metadataOf,
  toCitation,
  toFileBlock,
  toProviderCall,
  toProviderResult,
  toTextCitation,
  toWarning,
} from '../../../lib/ai-sdk/stream/part-blocks';

const providerMetadata = { acme: { a: 1 } };

it('metadataOf is what a provider attaches', () => {
  expect([metadataOf({ providerMetadata }), metadataOf({})]).toEqual([{ providerMetadata }, {}]);
});

it.each([
  [
    { mediaType: 'image/png', data: 'AAAA' },
    { type: 'image', mimeType: 'image/png', data: 'AAAA' },
  ],
  [
    { mediaType: 'text/x', data: new Uint8Array([0, 0, 0]) },
    { type: 'file', mimeType: 'text/x', data: 'AAAA' },
  ],
  [
    {
      type: 'reasoning-file',
      mediaType: 'audio/wav',
      data: { type: 'data', data: 'AAAA' },
      providerMetadata,
    },
    { type: 'audio', mimeType: 'audio/wav', data: 'AAAA', thought: true, providerMetadata },
  ],
  [
    { mediaType: 'video/mp4', data: { type: 'url', url: new URL('https://a/b') } },
    { type: 'video', mimeType: 'video/mp4', url: 'https://a/b' },
  ],
])('toFileBlock of %j', (part, block) => {
  expect(toFileBlock(part)).toEqual(block);
});

it('sources become citations', () => {
  const page = { sourceType: 'url', id: 's', url: 'https://a', title: 'A', providerMetadata };
  const cited = { type: 'citation', id: 's', url: 'https://a', title: 'A', providerMetadata };
  expect(toCitation(page)).toEqual(cited);
  expect(
    toCitation({ sourceType: 'document', id: 's', title: 'D', mediaType: 'application/pdf' }),
  ).toEqual({
    type: 'citation',
    id: 's',
    title: 'D',
    document_title: 'D',
    mediaType: 'application/pdf',
  });
  expect(toTextCitation({ source: page, startIndex: 1, endIndex: 2, citedText: 'x' })).toEqual([
    { ...cited, cited_text: 'x', start_index: 1, end_index: 2 },
  ]);
  expect(toTextCitation(undefined)).toEqual([]);
});

it('what the provider runs itself becomes a pair of blocks', () => {
  const part = { toolCallId: 'a', toolName: 'search', providerMetadata };
  expect(toProviderCall({ ...part, input: '{"q":"x"}', dynamic: true })).toEqual({
    type: 'ai_sdk_tool_use',
    id: 'a',
    name: 'search',
    input: { q: 'x' },
    dynamic: true,
    providerMetadata,
  });
  expect(toProviderCall({ ...part, input: '{' })['input']).toBe('{');
  expect(toProviderResult({ ...part, result: [1], isError: true })).toEqual({
    type: 'ai_sdk_tool_result',
    tool_use_id: 'a',
    name: 'search',
    content: [1],
    is_error: true,
    providerMetadata,
  });
});

it.each([
  [{ type: 'unsupported', feature: 'topK', details: 'why' }, 'unsupported', 'topK: why'],
  [{ type: 'unsupported-setting', setting: 'seed' }, 'unsupported-setting', 'seed'],
  [{ type: 'unsupported-tool', tool: { name: 't' } }, 'unsupported-tool', 't'],
  [{ type: 'other', message: 'text' }, 'other', 'text'],
  [5, 'other', ''],
])('toWarning of %j', (warning, code, message) => {
  expect(toWarning(warning)).toEqual({ code, message });
});
