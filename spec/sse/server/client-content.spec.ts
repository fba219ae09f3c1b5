import { assistantContent, clientContent } from '../../../lib/sse/server/client-content.js';
import { checkClientMessagesPolicy } from '../../../lib/sse/server/client-messages-policy.js';

const rules = checkClientMessagesPolicy({});

describe('clientContent', () => {
  it('gives text as it is', () => {
    expect(clientContent('{"role":"system"}', rules)).toBe('{"role":"system"}');
  });

  it('makes blocks anew, with their title', () => {
    const pdf = {
      type: 'file',
      url: 'data:application/pdf;base64,AAAA',
      filename: 'a.pdf',
      index: 3,
    };
    const own = checkClientMessagesPolicy({ mediaTypes: ['application/pdf'] });
    const made = { type: 'file', data: 'AAAA', mimeType: 'application/pdf', title: 'a.pdf' };
    expect(clientContent([pdf], own)).toEqual([made]);
  });

  it('says which block is refused', () => {
    const blocks = [{ type: 'text', text: 'a' }, { type: 'file' }];
    expect(() => clientContent(blocks, rules)).toThrow(
      /^content\[1\]: a file .* must bring its data/,
    );
  });

  it('does not read data through a hostile prototype', () => {
    const block = JSON.parse('{"type":"image","__proto__":{"data":"AAAA"}}') as { type: string };
    expect(() => clientContent([block], rules)).toThrow(/the field "__proto__"/);
  });
});

describe('assistantContent', () => {
  it('keeps text, and no call that is not known besides', () => {
    const call = { type: 'tool_use', id: 'a' };
    expect(assistantContent([{ type: 'text', text: 'a' }, call], rules, new Set(['a']))).toEqual([
      { type: 'text', text: 'a' },
    ]);
    expect(() => assistantContent([call], rules, new Set())).toThrow(/^content\[0\]: .*tool_use/);
  });
});
