import { HumanMessage } from 'rxlm';
import { toRequestMessages } from '../../../lib/anthropic/request/to-request-messages';
import { toBlock } from '../../../lib/sse/ui/ui-blocks';
import {
  checkFromUIOptions,
  type FromUIMessagesOptions,
} from '../../../lib/sse/ui/from-ui-options';
import type { UIMessagePart } from '../../../lib/sse/ui/ui-part';

const mediaTypes = ['image/png', 'image/jpeg', 'application/pdf', 'text/plain'];
const rules = (options: FromUIMessagesOptions = { files: 'https', mediaTypes }) =>
  checkFromUIOptions(options);
const trusted = rules({ trusted: true });

describe('toBlock', () => {
  it.each<[UIMessagePart, unknown]>([
    [
      {
        type: 'file',
        mediaType: 'image/png',
        url: 'data:image/png;base64,AA==',
        filename: 'cat.png',
      },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
    ],
    [
      { type: 'file', mediaType: 'image/jpeg', url: 'https://a.org/b.jpg' },
      { type: 'image', source: { type: 'url', url: 'https://a.org/b.jpg' } },
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
    const { messages } = toRequestMessages([new HumanMessage({ content: toBlock(part, rules()) })]);
    expect(messages).toEqual([{ role: 'user', content: [block] }]);
  });

  it('hands back reasoning that is signed, and none that is not', () => {
    const reasoning = (anthropic: unknown) =>
      toBlock({ type: 'reasoning', text: 'Hm.', providerMetadata: { anthropic } }, trusted);
    expect(reasoning({ signature: 'c2ln' })).toEqual([
      { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
    ]);
    expect(reasoning({ redactedData: 'cmVk' })).toEqual([
      { type: 'redacted_thinking', data: 'cmVk' },
    ]);
    expect(reasoning(undefined)).toEqual([]);
    expect(reasoning({ signature: 5 })).toEqual([]);
    expect(toBlock({ type: 'reasoning', text: 'Hm.' }, trusted)).toEqual([]);
  });

  it('refuses a part without what it needs', () => {
    expect(() => toBlock({ type: 'file', url: 'https://a.test' }, rules())).toThrow(
      new TypeError('a part of type "file" needs a string as its mediaType'),
    );
  });

  it('takes no word of a client for reasoning', () => {
    const providerMetadata = { anthropic: { signature: 'c2ln' } };
    for (const metadata of [
      providerMetadata,
      { anthropic: { redactedData: 'c2ln' } },
      { openai: { reasoningEncryptedContent: 'c2ln' } },
      { ...providerMetadata, rxlm: {} },
      { rxlm: { rest: { type: 'thinking', signature: 'c2ln' } } },
    ])
      expect(() =>
        toBlock({ type: 'reasoning', text: 'Hm.', providerMetadata: metadata }, rules()),
      ).toThrow('without the proof of the server');
    const unproven = { ...providerMetadata, rxlm: { unproven: true } };
    for (const metadata of [undefined, {}, unproven])
      expect(
        toBlock({ type: 'reasoning', text: 'Hm.', providerMetadata: metadata }, rules()),
      ).toEqual([]);
  });

  it('reads the text of a data URL that is not base64', () => {
    const part = {
      type: 'file',
      mediaType: 'text/plain',
      url: 'data:text/plain;charset=utf-8,%C3%A4',
    };
    expect(toBlock(part, rules())).toEqual([
      { type: 'file', data: 'w6Q=', mimeType: 'text/plain' },
    ]);
    expect(() => toBlock({ ...part, url: 'data:,%C3' }, rules())).toThrow('cannot be read');
  });

  it.each([
    'file:///etc/passwd',
    'http://a.org/b.png',
    'https://127.0.0.1/b.png',
    'https://2130706433/b.png',
    'https://0x7f000001/b.png',
    'https://[::1]/b.png',
    'https://[::ffff:169.254.169.254]/b.png',
    'https://169.254.169.254/latest',
    'https://localhost/b.png',
    'https://metadata.google.internal/b.png',
    'https://user:word@a.org/b.png',
    'javascript:alert(1)',
    'relative.png',
  ])('refuses a file at %s', (url) => {
    const part = { type: 'file', mediaType: 'image/png', url };
    expect(() => toBlock(part, rules())).toThrow(TypeError);
    expect(() => toBlock({ ...part, url: 'https://a.org/b.png' }, rules({}))).toThrow(TypeError);
  });

  it('takes the file ids that the server says are this user’s', () => {
    const part = {
      type: 'file',
      mediaType: 'application/pdf',
      url: '',
      providerReference: { anthropic: 'file_1' },
    };
    const file = { type: 'file', file_id: 'file_1', mimeType: 'application/pdf' };
    expect(toBlock(part, rules({ fileIds: (id) => id === 'file_1' }))).toEqual([file]);
    expect(toBlock(part, trusted)).toEqual([file]);
    for (const options of [{}, { fileIds: () => false }])
      expect(() => toBlock(part, rules(options))).toThrow('file ids are not accepted');
    expect(() => toBlock({ ...part, providerReference: { a: 'x', b: 'file_1' } }, trusted)).toThrow(
      TypeError,
    );
  });

  it('has cache points only for the server’s own messages', () => {
    const cacheControl = { type: 'ephemeral' };
    const part = { type: 'text', text: 'a', providerMetadata: { anthropic: { cacheControl } } };
    expect(toBlock(part, trusted)).toEqual([
      { type: 'text', text: 'a', cache_control: cacheControl },
    ]);
    expect(toBlock(part, rules())).toEqual([{ type: 'text', text: 'a' }]);
  });

  it('gives a data part to a model as the server says', () => {
    const part = { type: 'data-place', data: { city: 'Graz' } };
    expect(toBlock(part, rules())).toEqual([]);
    const convertDataPart = ({ data }: UIMessagePart) => ({
      type: 'text',
      text: `In ${(data as { city: string }).city}.`,
    });
    expect(toBlock(part, rules({ convertDataPart }))).toEqual([{ type: 'text', text: 'In Graz.' }]);
    expect(toBlock(part, rules({ convertDataPart: (same) => same }))).toEqual([]);
  });
});
