import { shownBlock } from '../../../lib/messages/history/shown-block.js';

describe('shownBlock', () => {
  it.each([
    [
      { type: 'text', text: 'Hi' },
      { kind: 'text', text: 'Hi', sources: [] },
    ],
    [
      { type: 'refusal', refusal: 'No.' },
      { kind: 'text', text: 'No.', sources: [] },
    ],
    [
      { type: 'thinking', thinking: 'Hm', signature: 's' },
      { kind: 'reasoning', text: 'Hm' },
    ],
    [
      { type: 'reasoning', reasoning: 'Hm' },
      { kind: 'reasoning', text: 'Hm' },
    ],
    [
      { type: 'redacted_thinking', data: 'x' },
      { kind: 'reasoning', text: '' },
    ],
    [
      { type: 'tool_use', id: 'a', name: 'f', input: {} },
      { kind: 'call', id: 'a' },
    ],
    [
      { type: 'tool-call', toolCallId: 'a', toolName: 'f' },
      { kind: 'call', id: 'a' },
    ],
    [{ type: 'input_json_delta', input: '{' }, { kind: 'piece' }],
    [{ type: 'image', url: 'https://a.example/x.png' }, { kind: 'other' }],
    [{ type: '__proto__' }, { kind: 'other' }],
  ])('reads %j', (block, shown) => {
    expect(shownBlock(block)).toEqual(shown);
  });

  it.each([
    ['citations', { type: 'web_search_result_location', url: 'https://a.example', title: 'A' }],
    ['citations', { type: 'search_result_location', source: 'https://a.example', title: 'A' }],
    ['annotations', { type: 'url_citation', url: 'https://a.example', title: 'A' }],
    [
      'annotations',
      { type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A' } },
    ],
  ])('reads what a text cites, once, from its %s: %j', (field, cited) => {
    expect(shownBlock({ type: 'text', text: 'Hi', [field]: [cited, cited] })).toEqual({
      kind: 'text',
      text: 'Hi',
      sources: [{ url: 'https://a.example', title: 'A' }],
    });
  });

  it('shows the title of a document, no link that is none of the web, and nothing of what it cannot read', () => {
    const citations = [
      { type: 'char_location', document_title: 'Fish', document_index: 0 },
      { url: 'javascript:alert(1)', title: 'Evil' },
      { url: 'data:text/html,x' },
      null,
      7,
    ];
    expect(shownBlock({ type: 'text', text: '', citations })).toMatchObject({
      sources: [
        { url: undefined, title: 'Fish' },
        { url: undefined, title: 'Evil' },
      ],
    });
    expect(shownBlock({ type: 'text', text: '', citations: 'x' })).toMatchObject({ sources: [] });
  });
});
