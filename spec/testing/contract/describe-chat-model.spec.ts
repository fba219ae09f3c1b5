import { concat, from, NEVER } from 'rxjs';
import { AIMessageChunk, ModelError } from 'rxlm';
import { describeChatModel, FakeChatModel, type FakeChunk } from 'rxlm/testing';

describeChatModel(
  'FakeChatModel',
  {
    model: ({ text = [], calls = [], usage }, ending) => {
      const chunks: readonly FakeChunk[] = [
        ...text,
        ...calls.map(({ id, name, args }) => ({
          id,
          name,
          args: JSON.parse(args.join('')) as Record<string, unknown>,
        })),
        ...(usage === undefined
          ? []
          : [
              new AIMessageChunk({
                content: calls.length > 0 ? [] : '',
                usage_metadata: {
                  input_tokens: usage.input,
                  output_tokens: usage.output,
                  total_tokens: usage.input + usage.output,
                },
              }),
            ]),
      ];
      if (ending === 'open') return new FakeChatModel([concat(from(chunks), NEVER)]);
      const failure = new ModelError('fake: no', { code: 'overloaded', provider: 'fake' });
      return new FakeChatModel([ending === 'error' ? [...chunks, failure] : chunks]);
    },
  },
  { describe, it },
);

describe('describeChatModel', () => {
  it('refuses a subject that is neither over HTTP nor a model', () => {
    expect(() => {
      describeChatModel('nothing', {} as never, { describe, it });
    }).toThrow(new TypeError('a subject must be { wire, connect } or { model }, got an object'));
  });
});
