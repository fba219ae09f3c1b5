import { MessageWriter } from '../../../lib/http/decoder/message-writer';
import { ResponseItems } from '../../../lib/openai/responses/response-items';
import { ResponseTexts } from '../../../lib/openai/responses/response-texts';
import { MessageAccumulator } from '../../../lib/messages/internal/message-accumulator';
import { decoderContext } from '../../support/decode-stream';

function make() {
  const fold = new MessageAccumulator();
  const writer = new MessageWriter(
    decoderContext({
      emit: (chunk) => {
        fold.add(chunk);
      },
    }),
  );
  return { fold, texts: new ResponseTexts(new ResponseItems(), writer) };
}
const at = (output_index: number, content_index = 0) => ({ output_index, content_index });

describe('ResponseTexts', () => {
  it('adds only what no delta has brought of a whole text', () => {
    const { fold, texts } = make();
    texts.add(at(0), 'text', 'Gold');
    texts.finish(at(0), 'text', 'Goldfish');
    texts.finish(at(0), 'text', 'Goldfish');
    texts.add(at(0), 'text', 7);
    expect(fold.whole.text).toBe('Goldfish');
    expect(texts.refused).toBe(false);
  });

  it('joins the summaries of a reasoning, and keeps a refusal apart', () => {
    const { fold, texts } = make();
    texts.add({ output_index: 0, summary_index: 0 }, 'thinking', 'Let me see.');
    texts.add({ output_index: 0, summary_index: 1 }, 'thinking', 'I see.');
    texts.add(at(1), 'refusal', 'No.');
    expect(fold.whole.content).toEqual([
      { type: 'thinking', thinking: 'Let me see.\n\nI see.' },
      { type: 'refusal', refusal: 'No.' },
    ]);
    expect(texts.refused).toBe(true);
  });

  it('adds citations to the text of their event', () => {
    const { fold, texts } = make();
    texts.add(at(0), 'text', 'Fish');
    texts.annotate({ ...at(0), annotation: { url: 'a' } });
    expect(fold.whole.content).toEqual([{ type: 'text', text: 'Fish', citations: [{ url: 'a' }] }]);
  });
});
