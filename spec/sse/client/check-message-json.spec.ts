import * as fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { AIMessageChunk, ModelError } from 'rxlm';
import { foldChunks } from '../../../lib/core/fold-chunks.js';
import { checkMessageJson } from '../../../lib/sse/client/check-message-json.js';
import { revive } from '../../../lib/sse/client/revive.js';

const base = { type: 'ai', content: '', additional_kwargs: {}, response_metadata: {} };
const call = { name: 'a', args: {} };

describe('checkMessageJson', () => {
  it.each([
    { content: 5 },
    { content: null },
    { content: [null] },
    { content: [[]] },
    { content: [{ type: 5 }] },
    { content: [{ index: -1 }] },
    { content: [{ index: '0' }] },
    { id: 5 },
    { name: {} },
    { additional_kwargs: null },
    { response_metadata: [] },
    { finish_reason: 1 },
    { tool_calls: {} },
    { tool_calls: [null] },
    { tool_calls: [{ ...call, args: '{}' }] },
    { tool_calls: [{ ...call, name: undefined }] },
    { invalid_tool_calls: [call] },
    { tool_call_chunks: [null] },
    { tool_call_chunks: [{ index: 0, args: {} }] },
    { tool_call_chunks: [{ index: 1.5, args: '' }] },
    { usage_metadata: [] },
    { usage_metadata: { input_tokens: '5' } },
    { tool_call_id: 5 },
    { status: false },
  ])('refuses %j by name', (fields) => {
    const json = JSON.parse(JSON.stringify({ ...base, ...fields })) as object;
    let error: unknown;
    try {
      checkMessageJson(json);
    } catch (caught) {
      error = caught;
    }
    expect(ModelError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'bad_stream' });
    expect((error as Error).message).toContain(`invalid ${Object.keys(fields)[0]!}`);
  });

  it('takes the JSON of messages as they are', () => {
    const chunk = new AIMessageChunk({
      id: 'run-1',
      content: [{ type: 'text', text: 'a', index: 0 }, { type: 'odd' }],
      tool_call_chunks: [{ index: 0, args: '' }, { args: '{' }],
      tool_calls: [{ type: 'tool_call', id: '1', name: 'a', args: {} }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', args: '{', error: 'cut' }],
      usage_metadata: { input_tokens: 1 },
      finish_reason: 'stop',
    });
    expect(() => {
      checkMessageJson(JSON.parse(JSON.stringify(chunk)) as object);
    }).not.toThrow();
  });

  it('lets nothing through that a fold or a reader fails on, whatever JSON comes', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const mostly = (usual: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 30, arbitrary: usual }, value);
    const piece = fc.oneof(
      value,
      fc.record(
        {
          type: mostly(fc.constantFrom('text', 'tool_use')),
          index: mostly(fc.nat(3)),
          text: value,
          id: value,
          name: value,
          args: mostly(fc.string()),
          input: value,
        },
        { requiredKeys: [] },
      ),
    );
    const list = fc.oneof(
      { weight: 12, arbitrary: fc.constant([]) },
      { weight: 12, arbitrary: fc.array(piece, { maxLength: 3 }) },
      value,
    );
    const message = fc.record(
      {
        type: fc.oneof(
          { weight: 9, arbitrary: fc.constant('ai') },
          fc.constantFrom('human', 'tool'),
          value,
        ),
        content: fc.oneof(fc.string(), list),
        additional_kwargs: mostly(fc.constant({})),
        response_metadata: mostly(fc.constant({})),
        id: mostly(fc.constantFrom('a', 'b')),
        tool_call_chunks: list,
        tool_calls: list,
        invalid_tool_calls: list,
        usage_metadata: mostly(fc.constant({})),
      },
      { requiredKeys: ['type', 'content', 'additional_kwargs', 'response_metadata'] },
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: message }, value), { maxLength: 3 }),
        async (values) => {
          const chunks: unknown[] = [];
          for (const each of values) {
            try {
              chunks.push(revive(JSON.parse(JSON.stringify(each))));
            } catch (error) {
              expect(ModelError.is(error)).toBe(true);
            }
          }
          const messages = chunks.filter((chunk) => chunk instanceof AIMessageChunk);
          taken += messages.length;
          if (messages.length === 0) return;
          const whole = await lastValueFrom(from(messages).pipe(foldChunks()));
          expect(typeof whole.text).toBe('string');
          JSON.stringify(whole);
        },
      ),
      { seed: 14, numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});
