import type { ContentBlock } from '../../../lib/messages/content';
import { describePart, readParts } from '../../../lib/messages/history/read-part';

const reader = { provider: 'any', inputOf: () => ({ x: 1 }) };
const read = (...blocks: object[]) => readParts(blocks as ContentBlock[], 'm', reader);

describe('readParts', () => {
  it('reads text of every library', () => {
    expect(readParts('a', 'm', reader)).toMatchObject([{ type: 'text', text: 'a' }]);
    expect(
      read(
        { type: 'text', text: 'a' },
        { type: 'input_text', text: 'b' },
        { type: 'output_text', text: 'c' },
        { type: 'refusal', refusal: 'd' },
        { type: 'resource_link', name: 'e', uri: 'https://a.test' },
      ).map((part) => part.type === 'text' && part.text),
    ).toEqual(['a', 'b', 'c', 'd', 'e: https://a.test']);
  });

  it('reads a text without a type, and refuses another block without one', () => {
    expect(read({ text: 'a' })).toMatchObject([{ type: 'text', text: 'a' }]);
    for (const block of [{}, { inlineData: {} }, { type: 5, text: 'a' }]) {
      const attempt = () => read({ text: 'a' }, block);
      expect(attempt).toThrow(/^m\.content\[1\]: a block has no type, got .* Give it one/);
      expect(attempt).toThrow(TypeError);
    }
  });

  it('makes text well-formed that was cut within a character', () => {
    const cut = '👍'.slice(0, 1);
    for (const parts of [
      readParts(`a${cut}`, 'm', reader),
      read({ type: 'text', text: `a${cut}` }),
    ])
      expect(parts).toMatchObject([{ text: 'a\ufffd' }]);
    expect(readParts('a👍', 'm', reader)).toMatchObject([{ text: 'a👍' }]);
  });

  it('reads thinking of every library', () => {
    expect(
      read(
        { type: 'thinking', thinking: 'a', signature: 's' },
        { type: 'reasoning', reasoning: 'b', signature: '' },
        { type: 'reasoning', text: 'c', providerOptions: { any: { signature: 't' } } },
        { type: 'reasoning', text: '', providerMetadata: { any: { redactedData: 'ENC' } } },
        { type: 'reasoning', text: 'd', providerOptions: { another: { signature: 't' } } },
      ),
    ).toMatchObject([
      { text: 'a', signature: 's' },
      { text: 'b', signature: undefined },
      { text: 'c', signature: 't' },
      { type: 'other', blockType: 'redacted_thinking', own: { data: 'ENC' } },
      { text: 'd', signature: undefined },
    ]);
  });

  it('reads calls and results of every library', () => {
    const input = { x: 1 };
    expect(
      read(
        { type: 'tool_use', id: 'a', name: 'n' },
        { type: 'tool_call', id: 'b', name: 'n' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'n' },
        { type: 'tool_result', tool_use_id: 'a', content: 'r', is_error: true },
        { type: 'tool-result', toolCallId: 'c', output: { type: 'json', value: [1] } },
      ),
    ).toMatchObject([
      { type: 'call', id: 'a', name: 'n', input },
      { type: 'call', id: 'b', name: 'n', input },
      { type: 'call', id: 'c', name: 'n', input },
      { type: 'result', callId: 'a', plain: true, isError: true, content: [{ text: 'r' }] },
      { type: 'result', callId: 'c', plain: true, isError: false, content: [{ text: '[1]' }] },
    ]);
  });

  it('leaves out pieces of calls, and keeps what only a provider knows', () => {
    expect(read({ type: 'input_json_delta', input: '{' }, { type: 'tool_call_chunk' })).toEqual([]);
    const [other, asIs, use] = read(
      { type: 'hologram', a: 1 },
      { type: 'non_standard', value: { type: 'hologram' } },
      { type: 'server_tool_use', id: 's', input: '' },
    );
    expect(other).toMatchObject({ type: 'other', asIs: false, own: { a: 1 }, at: 'm.content[0]' });
    expect(asIs).toMatchObject({ type: 'other', asIs: true });
    expect(use).toMatchObject({ own: { input: { x: 1 } } });
    expect(describePart(other!)).toBe('"hologram"');
  });
});
