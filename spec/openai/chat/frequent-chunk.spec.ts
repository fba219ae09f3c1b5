import { FrequentChunk } from '../../../lib/openai/chat/frequent-chunk';

const json = (delta: object, fields: object = {}, choice: object = {}) =>
  JSON.stringify({
    id: 'c',
    choices: [{ index: 0, delta, finish_reason: null, ...choice }],
    ...fields,
  });
const taught = (data: string): FrequentChunk => {
  const chunk = new FrequentChunk();
  chunk.learn(data, JSON.parse(data));
  return chunk;
};

describe('FrequentChunk', () => {
  it.each(['content', 'reasoning', 'reasoning_content'])(
    'reads what differs in %s only',
    (field) => {
      const chunk = taught(json({ [field]: 'a' }));
      const event = `data: ${json({ [field]: 'b "c" \n é' })}\n\n`;
      expect(chunk.read(`xx${event}yy`, 2)).toBe(true);
      expect(chunk).toMatchObject({ field, text: 'b "c" \n é', end: event.length + 2 });
    },
  );

  it('reads over padding of another length', () => {
    const chunk = taught(json({ content: 'a' }, { obfuscation: 'abc' }));
    expect(chunk.read(`data: ${json({ content: 'b' }, { obfuscation: '' })}\n\n`, 0)).toBe(true);
    expect(chunk.read(`data: ${json({ content: 'b' }, { obfuscation: 'x"' })}\n\n`, 0)).toBe(false);
  });

  it.each([
    ['another id', json({ content: 'b' }, { id: 'd' })],
    ['a finish', json({ content: 'b' }, {}, { finish_reason: 'stop' })],
    ['a second field', json({ content: 'b', reasoning: 'c' })],
    ['usage', json({ content: 'b' }, { usage: {} })],
  ])('leaves a chunk with %s to the general path', (_, data) => {
    expect(taught(json({ content: 'a' })).read(`data: ${data}\n\n`, 0)).toBe(false);
  });

  it('leaves what is not whole to the general path', () => {
    const event = `data: ${json({ content: 'b' })}\n\n`;
    const chunk = taught(json({ content: 'a' }));
    for (let end = 0; end < event.length; end += 1)
      expect(chunk.read(event.slice(0, end), 0)).toBe(false);
  });

  it.each([
    ['a call', json({ tool_calls: [{ index: 0 }] })],
    ['log probabilities', json({ content: 'a' }, {}, { logprobs: { content: [] } })],
    ['two choices', JSON.stringify({ choices: [{ delta: { content: 'a' } }, {}] })],
    ['another choice', json({ content: 'a' }, {}, { index: 1 })],
  ])('learns nothing from %s', (_, data) => {
    expect(taught(data).read(`data: ${data}\n\n`, 0)).toBe(false);
  });

  it('gives up on a server whose chunks differ in more than their text', () => {
    const chunk = new FrequentChunk();
    for (let n = 0; n < 100; n += 1) {
      const data = json({ content: 'a' }, { id: String(n) });
      chunk.learn(data, JSON.parse(data));
    }
    expect(chunk.read(`data: ${json({ content: 'b' }, { id: '99' })}\n\n`, 0)).toBe(false);
  });
});
