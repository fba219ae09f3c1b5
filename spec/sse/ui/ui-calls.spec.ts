import { createHmac } from 'node:crypto';
import { isApprovedCall } from '../../../lib/messages/approved-call';
import {
  checkFromUIOptions,
  type FromUIMessagesOptions,
} from '../../../lib/sse/ui/from-ui-options';
import { isCall, toCall, toResult } from '../../../lib/sse/ui/ui-calls';
import { approvalOf, proofOf } from '../../../lib/sse/ui/ui-proof';
import type { StandardSchema } from '../../../lib/tools/standard-schema';

const rules = (options: FromUIMessagesOptions = { tools: true }) => checkFromUIOptions(options);
const sign = (text: string) => createHmac('sha256', 'k').update(text).digest('hex');

const part = { type: 'tool-weather', toolCallId: 'c1', state: 'output-available' };

describe('isCall', () => {
  it.each([
    [part, true],
    [{ ...part, type: 'dynamic-tool' }, true],
    [{ ...part, state: 'output-error' }, true],
    [{ ...part, state: 'output-denied' }, true],
    [{ ...part, state: 'input-available' }, false],
    [{ ...part, state: 'input-streaming' }, false],
    [{ ...part, state: 'approval-requested' }, false],
    [{ ...part, state: 'toString' }, false],
    [{ ...part, state: 'approval-responded' }, true],
    [{ ...part, preliminary: true }, false],
    [{ ...part, providerExecuted: true }, false],
    [{ ...part, type: 'text' }, false],
  ])('of %j is %p', (given, is) => {
    expect(isCall(given)).toBe(is);
  });
});

describe('toCall', () => {
  it('has the name, the id and the input', () => {
    expect(toCall({ ...part, input: { city: 'Graz' } }, rules())).toEqual({
      type: 'tool_call',
      id: 'c1',
      name: 'weather',
      args: { city: 'Graz' },
    });
    expect(toCall({ ...part, type: 'dynamic-tool', toolName: 'time' }, rules()).name).toBe('time');
  });

  it('keeps what was no object, in one', () => {
    expect(toCall({ ...part, rawInput: '{"ci' }, rules()).args).toEqual({ INVALID_JSON: '{"ci' });
    expect(toCall({ ...part, input: [1] }, rules()).args).toEqual({ INVALID_JSON: [1] });
    expect(toCall(part, rules()).args).toEqual({});
  });
});

describe('toResult', () => {
  it.each([
    [{ output: 'warm' }, 'warm', 'success'],
    [{ output: { celsius: 21 } }, '{"celsius":21}', 'success'],
    [{}, '', 'success'],
    [{ state: 'output-error', errorText: 'no clock' }, 'no clock', 'error'],
    [
      { state: 'approval-responded', approval: { approved: false } },
      'The call was denied.',
      'error',
    ],
    [{ state: 'approval-responded' }, 'The call was denied.', 'error'],
    [{ state: 'output-denied' }, 'The call was denied.', 'error'],
    [
      { state: 'output-denied', approval: { reason: 'Not now.' } },
      'The call was denied. Not now.',
      'error',
    ],
  ])('of %j is %p, a %s', (more, content, status) => {
    expect(toResult({ ...part, ...more }, rules())).toMatchObject({
      content,
      tool_call_id: 'c1',
      status,
    });
  });

  it('of an approved call is still to come', () => {
    const approved = { state: 'approval-responded', approval: { id: 'c1', approved: true } };
    expect(toResult({ ...part, ...approved }, rules())).toBeUndefined();
  });

  it('is text also where it looks like blocks of a provider, unless the server has proven it', () => {
    const output = [{ type: 'document', source: { type: 'file', file_id: 'of-somebody' } }];
    const block = { type: 'tool_result', tool_use_id: 'c1', content: output };
    const fields = ['content', 'tool_use_id', 'type'].map(
      (key) => [key, block[key as keyof typeof block]] as const,
    );
    const claimed = { rxlm: { rest: { type: 'tool_result' } } };
    const content = (metadata: unknown, options: FromUIMessagesOptions) =>
      toResult({ ...part, output, resultProviderMetadata: metadata }, rules(options))?.content;
    expect(content(undefined, { tools: true })).toBe(JSON.stringify(output));
    const unproven = { rxlm: { ...claimed.rxlm, unproven: true } };
    expect(content(unproven, { tools: true })).toBe(JSON.stringify(output));
    expect(content(unproven, { tools: true, sign })).toBe(JSON.stringify(output));
    for (const options of [{ tools: true }, { tools: true, sign }])
      expect(() => content(claimed, options)).toThrow('without the proof of the server');
    const proven = { rxlm: { ...claimed.rxlm, proof: proofOf(sign, 'block', fields) } };
    expect(content(proven, { tools: true, sign })).toEqual(output);
    expect(() => content({ rxlm: { ...proven.rxlm, proof: 'x' } }, { tools: true, sign })).toThrow(
      'its proof is false',
    );
  });

  it('must be what the output schema of its tool takes', () => {
    const outputSchema: StandardSchema<unknown, number> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          typeof value === 'number' ? { value } : { issues: [{ message: 'no number' }] },
      },
    };
    const tools = [{ name: 'weather', outputSchema }];
    expect(toResult({ ...part, output: 5 }, rules({ tools }))?.content).toBe('5');
    expect(() => toResult({ ...part, output: 'secret' }, rules({ tools }))).toThrow(
      new TypeError('the output of "weather" does not match its schema'),
    );
  });
});

describe('a call that a client says was approved', () => {
  const call = { id: 'c1', name: 'weather', args: { city: 'Graz' } };
  const signature = proofOf(sign, 'approval', approvalOf(call));
  const approved = {
    ...part,
    input: call.args,
    state: 'approval-responded',
    approval: { id: 'c1', approved: true, signature },
  };

  it('is marked if it is exactly the one that was asked for', () => {
    expect(isApprovedCall(toCall(approved, rules({ tools: true, sign })))).toBe(true);
    expect(isApprovedCall(toCall({ ...approved, state: 'output-available' }, rules()))).toBe(false);
  });

  it.each([
    ['another input', { input: { city: 'Wien' } }],
    ['another tool', { type: 'tool-erase' }],
    ['another id', { toolCallId: 'c2' }],
    ['no signature', { approval: { approved: true } }],
    ['a signature that is no text', { approval: { approved: true, signature: [signature] } }],
  ])('is refused with %s', (_, more) => {
    expect(() => toCall({ ...approved, ...more }, rules({ tools: true, sign }))).toThrow(
      new TypeError('an approved call is not the one that the server has asked for'),
    );
  });

  it('is refused where nothing is signed', () => {
    expect(() => toCall(approved, rules())).toThrow('give it `sign`');
    expect(isApprovedCall(toCall(approved, rules({ trusted: true })))).toBe(true);
  });

  it.each([[1], ['true'], [{}], [undefined]])('is none where approved is %p', (word) => {
    const given = { ...approved, approval: { approved: word, signature } };
    expect(isApprovedCall(toCall(given, rules({ tools: true, sign })))).toBe(false);
  });
});
