import fc from 'fast-check';
import { LineEventDecoder } from '../../../lib/event-stream/line-decoder';
import { MessageAccumulator } from '../../../lib/messages/internal/message-accumulator';
import { OllamaDecoder } from '../../../lib/ollama/internal/ollama-decoder';
import { decoderContext } from '../../support/decode-stream';

function decode(text: string, cut = Infinity) {
  const fold = new MessageAccumulator();
  const decoder = new OllamaDecoder(
    decoderContext({
      emit: (chunk) => {
        fold.add(chunk);
      },
    }),
  );
  const lines = new LineEventDecoder((name, data) => decoder.event(name, data), 10_000);
  let error: unknown;
  let complete = false;
  try {
    for (let at = 0; at < text.length; at += Math.min(cut, text.length))
      lines.feed(text.slice(at, at + cut));
    complete = decoder.end(lines.end());
  } catch (thrown) {
    error = thrown;
  }
  return { message: fold.whole, error, complete };
}

const line = (message: object | undefined, rest: object = { done: false }) =>
  `${JSON.stringify({ model: 'm', ...(message && { message: { role: 'assistant', ...message } }), ...rest })}\n`;
const done = { done: true, done_reason: 'stop', prompt_eval_count: 5, eval_count: 3 };
const call = (name: string, fields: object = {}) => ({
  ...fields,
  function: { index: 0, name, arguments: { city: 'Oslo' } },
});

describe('OllamaDecoder', () => {
  it('folds text, thinking, usage and the end', () => {
    const { message, complete } = decode(
      line({ content: '', thinking: 'H' }) +
        line({ content: '', thinking: 'm' }) +
        line({ content: 'Hi' }) +
        line({ content: '' }, done),
    );
    expect(complete).toBe(true);
    expect(message).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Hi' },
      ],
      finish_reason: 'stop',
      usage_metadata: { input_tokens: 5, output_tokens: 3, total_tokens: 8 },
      response_metadata: { model: 'm', done_reason: 'stop' },
    });
  });

  it('keeps pictures and the log probabilities of all lines', () => {
    const png = 'iVBORw0KGgo=';
    const { message } = decode(
      line({ content: 'Hi', images: [png, 5] }, { done: false, logprobs: [{ token: 'H' }] }) +
        line({ content: '' }, { ...done, logprobs: [{ token: 'i' }] }),
    );
    expect(message.content).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'image', mimeType: 'image/png', data: png },
    ]);
    expect(message.response_metadata['logprobs']).toEqual([{ token: 'H' }, { token: 'i' }]);
  });

  it('takes whole calls, also on the last line, by the order in which they come', () => {
    const { message } = decode(
      line({ content: '', tool_calls: [call('a', { id: 'x' }), call('b')] }) +
        line({ content: '', tool_calls: [call('c')] }, done),
    );
    expect(message.tool_calls.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(new Set(message.tool_calls.map(({ id }) => id)).size).toBe(3);
    expect(message.tool_calls[0]?.id).toBe('x');
    expect(message.finish_reason).toBe('tool_call');
  });

  it('fails by an error line, whatever else is in it', () => {
    const { error, message } = decode(
      line({ content: 'Hi' }) + line({ content: 'x' }, { error: 'gone', done: true }),
    );
    expect(error).toMatchObject({ code: 'server_error' });
    expect(message.text).toBe('Hi');
  });

  it('is not complete without done', () => {
    expect(decode(line({ content: 'Half' })).complete).toBe(false);
  });

  it.each(['length', 'load'])('keeps done_reason %s', (done_reason) => {
    const { message } = decode(line({ content: 'x' }, { ...done, done_reason }));
    expect(message.response_metadata['done_reason']).toBe(done_reason);
    expect(message.finish_reason).toBe(done_reason === 'length' ? 'length' : undefined);
  });

  it('reads the same however it is cut, with CRLF, blank lines, and without the last line feed', () => {
    const text = `${line({ content: 'Hé' })}\r\n${line({ content: '!' })}${line({ content: '' }, done)}`;
    const whole = decode(text);
    expect(whole.message.text).toBe('Hé!');
    expect(decode(text.trimEnd())).toEqual(whole);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (cut) => {
        expect(decode(text, cut)).toEqual(whole);
      }),
    );
  });

  it('fails by a line that is no JSON object', () => {
    expect(decode('{"a\n').error).toMatchObject({ code: 'bad_stream' });
    expect(decode('[]\n').error).toMatchObject({ code: 'bad_stream' });
  });
});
