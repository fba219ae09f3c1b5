import { AnthropicStream } from '../../../lib/anthropic/stream/anthropic-stream';
import { encodeFrame } from '../../../lib/testing/http/frame';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer';
import { seededRandom } from '../../../lib/testing/http/seeded-random';
import { decodeStream, type DecodeOptions } from '../../support/decode-stream';

const random = seededRandom();
const whole = GOOD.map((event) => new TextDecoder().decode(encodeFrame(event, random))).join('');
const decode = (stream: string, options?: DecodeOptions) =>
  decodeStream((context) => new AnthropicStream(context), stream, options);

describe('AnthropicStream', () => {
  it('decodes a message, the same with and without reading frequent events by their bytes', () => {
    const fast = decode(whole);
    expect(fast).toMatchObject({ complete: true, error: undefined });
    expect(fast.frequent).toBeGreaterThan(0);
    expect(decode(whole, { fast: false })).toEqual({ ...fast, frequent: 0 });
    expect(decode(whole, { cut: 5 })).toEqual({ ...fast, frequent: expect.any(Number) });
  });

  it('proves the message by message_stop alone, which may lack its blank line', () => {
    const short = whole.trimEnd();
    expect(decode(short).message.response_metadata.warnings).toMatchObject([
      { code: 'unterminated' },
    ]);
    expect(decode(short).complete).toBe(true);
    expect(decode(short.slice(0, -3)).complete).toBe(false);
    expect(decode(whole.slice(0, whole.lastIndexOf('event: message_stop'))).complete).toBe(false);
  });

  it('fails by an error event, reports an unknown one, and takes a ping for no content', () => {
    const head = whole.slice(0, whole.indexOf('event: content_block_start'));
    const error = 'event: error\ndata: {"type":"error","error":{"type":"x"}}\n\n';
    expect(decode(head + error).error).toMatchObject({ code: 'server_error' });
    expect(decode(`${head}event: new\ndata: {"a":1}\n\n`).unknown).toEqual([{ a: 1 }]);
    expect(decode(`${head}event: ping\ndata: {"type":"ping"}\n\n`).error).toBeUndefined();
  });
});
