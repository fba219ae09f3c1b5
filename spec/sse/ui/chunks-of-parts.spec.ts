import { asSchema, readUIMessageStream, type UIMessage, uiMessageChunkSchema } from 'ai';
import { chunksOfParts, isPartsBefore, partsBefore } from '../../../lib/sse/ui/chunks-of-parts.js';

/** What the AI SDK's own reader makes of the chunks. */
async function built(parts: readonly unknown[]): Promise<UIMessage['parts']> {
  const schema = asSchema(uiMessageChunkSchema);
  const chunks = [...chunksOfParts(parts)];
  for (const chunk of chunks) expect((await schema.validate!(chunk)).success).toBe(true);
  const stream = new ReadableStream({
    start(controller) {
      for (const chunk of [{ type: 'start' }, ...chunks]) controller.enqueue(chunk);
      controller.close();
    },
  });
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream: stream as never })) last = message;
  return JSON.parse(JSON.stringify(last?.parts ?? [])) as UIMessage['parts'];
}
const approval = { id: 'a', signature: 's' };
const rxlm = { rxlm: { proof: 'p' } };

describe('chunksOfParts', () => {
  it('build the same parts again', async () => {
    const parts = [
      { type: 'step-start' },
      { type: 'reasoning', id: 'before-1', text: 'Hm.', providerMetadata: rxlm, state: 'done' },
      { type: 'text', text: 'I look.', state: 'done' },
      {
        ...{ type: 'tool-depth', toolCallId: '1', state: 'output-available' },
        ...{ input: { sea: 'ü"🐟' }, output: { metres: 0 }, callProviderMetadata: rxlm },
      },
      {
        ...{ type: 'tool-pay', toolCallId: '2', state: 'approval-requested' },
        ...{ input: { amount: 5 }, approval },
      },
      { ...{ type: 'tool-where', toolCallId: '3', state: 'input-available', input: {} } },
      { type: 'step-start' },
      {
        ...{ type: 'dynamic-tool', toolName: 'find', toolCallId: '4', state: 'output-error' },
        ...{ input: { q: 1 }, errorText: 'no', title: 'Find' },
      },
      { type: 'tool-pay', toolCallId: '5', state: 'output-denied', input: {}, approval },
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      { type: 'source-url', sourceId: 's', url: 'https://a.example', title: 'A' },
      { type: 'data-note', id: 'n', data: { note: 1 } },
    ];
    const again = await built(parts);
    expect(again).toHaveLength(parts.length);
    for (const [at, part] of parts.entries()) expect(again[at]).toMatchObject(part);
  });

  it('show a call that was approved as one whose approval was requested: no chunk says more', async () => {
    const part = {
      ...{ type: 'tool-pay', toolCallId: '2', state: 'approval-responded', input: { amount: 5 } },
      approval: { ...approval, approved: true },
    };
    expect(await built([part])).toMatchObject([{ ...part, state: 'approval-requested', approval }]);
  });

  it('make no page run the tool of an answered call', () => {
    const call = { type: 'tool-a', toolCallId: '1', input: {}, output: 1 };
    const types = (state: string) =>
      [...chunksOfParts([{ ...call, state }])].map(({ type }) => type);
    expect(types('output-available')).not.toContain('tool-input-available');
    expect(types('input-available')).toEqual(['tool-input-available']);
  });

  it('leave out what is no part', () => {
    const parts = [null, 1, 'x', [], {}, { type: 1 }, { type: 'start' }, { type: 'abort' }];
    expect([...chunksOfParts(parts)]).toEqual([]);
  });
});

describe('the parts before a run', () => {
  it('are known by their type, also from a store', () => {
    expect(isPartsBefore(JSON.parse(JSON.stringify(partsBefore([1]))))).toBe(true);
    for (const value of [undefined, null, 'ui_parts_before', {}, { type: 'ui_parts_before' }])
      expect(isPartsBefore(value)).toBe(false);
  });
});
