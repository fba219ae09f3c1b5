import { ResponsesDecoder } from '../../../lib/openai/responses/responses-decoder';
import { decodeStream } from '../../support/decode-stream';

/** The content of a response that came as whole items only. */
function contentOf(...items: readonly object[]): unknown {
  const events = [
    ...items.map((item, output_index) => ({
      type: 'response.output_item.done',
      output_index,
      item,
    })),
    // Every item stands once more in the final response, and is not added again.
    { type: 'response.completed', response: { status: 'completed', output: items } },
  ];
  const stream = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  const { message, complete } = decodeStream((context) => new ResponsesDecoder(context), stream);
  expect(complete).toBe(true);
  return message.content;
}

describe('FinishedItems', () => {
  it('adds texts with their citations, and refusals', () => {
    const annotations = [{ type: 'url_citation', url: 'a' }];
    const content = [
      { type: 'output_text', text: 'Fish.', annotations },
      { type: 'refusal', refusal: 'No.' },
    ];
    expect(contentOf({ type: 'message', content })).toEqual([
      { type: 'text', text: 'Fish.', citations: annotations },
      { type: 'refusal', refusal: 'No.' },
    ]);
  });

  it('adds the summaries of a reasoning as one block, with the item to send back', () => {
    const item = { type: 'reasoning', id: 'r', summary: [{ text: 'One.' }, { text: 'Two.' }] };
    expect(contentOf(item)).toEqual([{ type: 'thinking', thinking: 'One.\n\nTwo.', item }]);
  });

  it('keeps the items of built-in tools as blocks', () => {
    const item = { type: 'web_search_call', id: 'w', status: 'completed' };
    expect(contentOf(item)).toEqual([item]);
  });
});
