import { toBlock } from '../../../lib/google/stream/to-block';

describe('toBlock', () => {
  it.each<[object, string | undefined, object | undefined]>([
    [
      { inlineData: { mimeType: 'image/png', data: 'A' } },
      'S',
      { type: 'image', mimeType: 'image/png', data: 'A', thoughtSignature: 'S' },
    ],
    [
      { inlineData: { mimeType: 'application/pdf', data: 'A' }, thought: true },
      undefined,
      { type: 'file', mimeType: 'application/pdf', data: 'A', thought: true },
    ],
    [
      { fileData: { mimeType: 'video/mp4', fileUri: 'gs://a' } },
      undefined,
      { type: 'video', mimeType: 'video/mp4', url: 'gs://a' },
    ],
    [
      { executableCode: { code: '1' }, thoughtSignature: 'S' },
      'S',
      { type: 'executableCode', executableCode: { code: '1' }, thoughtSignature: 'S' },
    ],
    [
      { ofTheFuture: { a: 1 }, type: 'x' },
      undefined,
      { type: 'ofTheFuture', ofTheFuture: { a: 1 } },
    ],
    [{}, undefined, undefined],
    [{ thoughtSignature: 'S' }, 'S', { type: 'text', text: '', thoughtSignature: 'S' }],
  ])('of %j is as it came', (part, signature, block) => {
    expect(toBlock(part as never, signature)).toEqual(block);
  });
});
