import type { ChatModelWire } from 'rxlm/testing';
import { AcmeDecoder, type AcmeOptions, ChatAcme } from '../../samples/provider';
import type { DecoderContext, StreamDecoder } from 'rxlm/provider';

const frame = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** What the provider of the sample sends. */
export const acmeWire: ChatModelWire = {
  finishes: ['stop', 'length', 'tool_call', 'content_filter', 'pause'],
  answer: ({ text = [], calls = [], finish, usage = { input: 21, output: 73 } }) => {
    const why = finish ?? (calls.length > 0 ? 'tool_call' : 'stop');
    const frames = [
      ...text.map((piece) => frame('text', { text: piece })),
      ...calls.flatMap(({ id, name, args }, index) => [
        frame('call', { call: { index, id, name, args: '' } }),
        ...args.map((piece) => frame('call', { call: { index, args: piece } })),
      ]),
      frame('done', { id: 'acme_1', why, read: usage.input, wrote: usage.output }),
    ];
    return { frames, proof: frames.length - 1, id: 'acme_1' };
  },
  error: (message) => frame('error', { error: { message } }),
  refusal: (_status, message) => ({ error: { message } }),
  ping: frame('ping', {}),
  unknown: (note) => frame('of_the_future', { note }),
};

/** The sample's model, with a decoder that is wrong on purpose. */
export function wrongAcme(
  wrong: (context: DecoderContext) => StreamDecoder,
): (url: string, options: Omit<AcmeOptions, 'baseURL'>) => ChatAcme {
  class WrongAcme extends ChatAcme {
    protected override decoder(context: DecoderContext): StreamDecoder {
      return wrong(context);
    }
  }
  return (baseURL, options) => new WrongAcme({ baseURL, ...options });
}

export { AcmeDecoder, ChatAcme };
