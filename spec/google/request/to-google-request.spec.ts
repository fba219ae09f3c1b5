import { z } from 'zod';
import type { GoogleCallOptions } from '../../../lib/google/google-options';
import { toGoogleRequest } from '../../../lib/google/request/to-google-request';
import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';

const rules = { refusedInIds: /$^/g, contradiction: () => new Error() };
const sent = (options: GoogleCallOptions, messages: MessagesInput = 'Hi') =>
  toGoogleRequest(
    coerceMessages(messages),
    { model: 'gemini-3-flash', ...options },
    { provider: 'google', rules },
  );
const add = { name: 'add', schema: { type: 'object', properties: {} } };

describe('toGoogleRequest', () => {
  it('sends only what was set', () => {
    expect(sent({})).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] });
  });

  it.each<[GoogleCallOptions, object]>([
    [
      { temperature: 0, topP: 0.5, topK: 3, seed: 7, stop: ['x'], maxTokens: 9 },
      { temperature: 0, topP: 0.5, topK: 3, seed: 7, stopSequences: ['x'], maxOutputTokens: 9 },
    ],
    [
      { frequencyPenalty: 1, presencePenalty: 2 },
      { frequencyPenalty: 1, presencePenalty: 2 },
    ],
    [{ topLogprobs: 2 }, { responseLogprobs: true, logprobs: 2 }],
    [{ modalities: ['IMAGE'] }, { responseModalities: ['IMAGE'] }],
    [{ responseFormat: { type: 'json_object' } }, { responseMimeType: 'application/json' }],
    [
      { reasoning: { effort: 'low' } },
      { thinkingConfig: { includeThoughts: true, thinkingLevel: 'low' } },
    ],
    [
      { temperature: 1, invocationKwargs: { generationConfig: { speechConfig: {}, topK: 1 } } },
      { temperature: 1, speechConfig: {}, topK: 1 },
    ],
  ])('%j is %j of the generation', (options, generationConfig) => {
    expect(sent(options)).toEqual({ ...sent({}), generationConfig });
  });

  it('sends the schema of an answer as JSON Schema, without its dialect', () => {
    const schema = z.object({ sum: z.number() });
    expect(sent({ responseFormat: { type: 'json_schema', schema } })).toMatchObject({
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: {
          type: 'object',
          properties: { sum: { type: 'number' } },
          required: ['sum'],
        },
      },
    });
  });

  it('sends what stands beside the generation, and free fields last', () => {
    const safetySettings = [{ category: 'C', threshold: 'T' }];
    const body = sent({
      safetySettings,
      cachedContent: 'cachedContents/a',
      serviceTier: 'flex',
      tools: [add],
      toolChoice: 'any',
      invocationKwargs: { toolConfig: { retrievalConfig: {} }, labels: { a: 'b' } },
    });
    expect(body).toMatchObject({
      safetySettings,
      cachedContent: 'cachedContents/a',
      serviceTier: 'flex',
      toolConfig: { functionCallingConfig: { mode: 'ANY' }, retrievalConfig: {} },
      labels: { a: 'b' },
    });
  });

  it.each([
    ['gemini-3-pro-preview', true],
    ['gemini-flash-latest', true],
    ['gemini-2.5-pro', false],
    ['gemini-1.5-flash', false],
    ['gemma-3', false],
  ])('marks the calls of another model where %s wants a signature: %s', (model, marks) => {
    const call = { id: 'a', name: 'add', args: {} };
    const body = sent({ model }, ['Hi', { role: 'assistant', content: '', tool_calls: [call] }]);
    expect(JSON.stringify(body).includes('skip_thought_signature_validator')).toBe(marks);
  });
});
