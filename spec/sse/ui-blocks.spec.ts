import { toContent } from '../../lib/anthropic/to-content';
import { toBlock } from '../../lib/sse/ui-blocks';
import type { UIMessagePart } from '../../lib/sse/ui-part';

describe('toBlock', () => {
  it.each<[UIMessagePart, unknown]>([
    [
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
    ],
    [
      { type: 'file', mediaType: 'image/jpeg', url: 'https://a.test/b.jpg' },
      { type: 'image', source: { type: 'url', url: 'https://a.test/b.jpg' } },
    ],
    [
      {
        type: 'file',
        mediaType: 'application/pdf',
        url: 'data:application/pdf;name=a;base64,AA==',
        filename: 'a.pdf',
      },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AA==' },
        title: 'a.pdf',
      },
    ],
  ])('makes of %j what a provider is sent', (part, block) => {
    expect(toContent(toBlock(part))).toEqual([block]);
  });

  it('hands back reasoning that is signed, and none that is not', () => {
    const reasoning = (anthropic: unknown) =>
      toBlock({ type: 'reasoning', text: 'Hm.', providerMetadata: { anthropic } });
    expect(reasoning({ signature: 'c2ln' })).toEqual([
      { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
    ]);
    expect(reasoning({ redactedData: 'cmVk' })).toEqual([
      { type: 'redacted_thinking', data: 'cmVk' },
    ]);
    expect(reasoning(undefined)).toEqual([]);
    expect(reasoning({ signature: 5 })).toEqual([]);
    expect(toBlock({ type: 'reasoning', text: 'Hm.' })).toEqual([]);
  });

  it('refuses a part without what it needs', () => {
    expect(() => toBlock({ type: 'file', url: 'https://a.test' })).toThrow(
      new TypeError('a part of type file needs a string as its mediaType'),
    );
  });
});
