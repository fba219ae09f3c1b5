import fc from 'fast-check';
import type { AnthropicCallOptions } from '../../../lib/anthropic/anthropic-options';
import {
  splitBetas,
  toRequestFields,
  toRequestHeaders,
} from '../../../lib/anthropic/request/to-request-fields';

const fields = (options: AnthropicCallOptions) =>
  toRequestFields({ model: 'claude-opus-4-6', ...options });
const format = { type: 'json_schema', schema: { type: 'object', properties: {} } } as const;
const closed = { type: 'json_schema', schema: { ...format.schema, additionalProperties: false } };
const enabled = { type: 'enabled', budget_tokens: 10_000 } as const;
const tools = [{ name: 'add', schema: { type: 'object' } }];

describe('toRequestFields', () => {
  it('leaves out what is not said', () => {
    expect(fields({})).toEqual({ model: 'claude-opus-4-6', max_tokens: 16_384 });
    expect(fields({ tools: [], toolChoice: 'auto', temperature: undefined })).toEqual(fields({}));
  });

  it('asks for more tokens than thinking may take, where none are said', () => {
    expect(fields({ thinking: enabled })).toMatchObject({ max_tokens: 26_384, thinking: enabled });
    expect(fields({ invocationKwargs: { thinking: enabled } })).toMatchObject({
      max_tokens: 26_384,
    });
    expect(fields({ invocationKwargs: { max_tokens: 5 }, maxTokens: 7 })).toMatchObject({
      max_tokens: 5,
    });
    expect(fields({ invocationKwargs: { model: 'claude-3-haiku-20240307' } })).toMatchObject({
      max_tokens: 4096,
    });
  });

  it('sends effort beside a format, wherever each is said', () => {
    const both = { effort: 'low', format: closed };
    expect(fields({ outputConfig: { effort: 'low', format } })).toMatchObject({
      output_config: both,
    });
    expect(
      fields({ outputConfig: { format }, invocationKwargs: { output_config: { effort: 'low' } } }),
    ).toMatchObject({ output_config: both });
    expect(
      fields({
        outputConfig: { effort: 'low' },
        invocationKwargs: { output_config: { format: closed } },
      }),
    ).toMatchObject({ output_config: both });
  });

  it('lets invocationKwargs overrule, and with undefined take away', () => {
    const made = fields({
      temperature: 0,
      topK: 3,
      invocationKwargs: { top_k: 4, temperature: undefined },
    });
    expect(made).toMatchObject({ top_k: 4 });
    expect(made).not.toHaveProperty('temperature');
  });

  it('sends no field of another type of thinking', () => {
    const merged = { budget_tokens: 2048, display: 'omitted' };
    const sent = (type: string) => fields({ thinking: { ...merged, type } as never })['thinking'];
    expect(sent('disabled')).toEqual({ type: 'disabled' });
    expect(sent('adaptive')).toEqual({ type: 'adaptive', display: 'omitted' });
    expect(sent('enabled')).toEqual({ type: 'enabled', ...merged });
  });

  it.each([
    [
      { toolChoice: 'any', thinking: enabled, tools },
      /toolChoice must not force a tool \("any"\) beside thinking \("enabled"\)/,
    ],
    [
      { toolChoice: 'add', thinking: { type: 'adaptive' }, tools },
      /force a tool \("add"\) beside thinking \("adaptive"\).*method: 'json_schema'/,
    ],
    [{ toolChoice: { type: 'any' }, thinking: enabled, tools }, /force a tool/],
    [
      {
        invocationKwargs: { tool_choice: { type: 'tool', name: 'add' }, thinking: enabled },
        tools,
      },
      /force a tool/,
    ],
    [
      { temperature: 0, thinking: enabled },
      /temperature must be 1 beside thinking \("enabled"\), got 0: leave it out/,
    ],
    [{ temperature: 0.7, thinking: { type: 'adaptive' } }, /temperature must be 1 beside thinking/],
    [{ topK: 5, thinking: enabled }, /topK cannot be set beside thinking/],
    [{ topP: 0.9, thinking: enabled }, /topP must be from 0.95 to 1 beside thinking/],
    [
      { maxTokens: 4096, thinking: enabled },
      /maxTokens \(4096\) must be above thinking.budget_tokens \(10000\)/,
    ],
    [{ maxTokens: 10_000, thinking: enabled }, /must be above/],
    [
      { thinking: { type: 'enabled', budget_tokens: 1023 } },
      /budget_tokens must be a whole number from 1024, got 1023/,
    ],
    [
      { thinking: { type: 'enabled' } },
      /budget_tokens must be a whole number from 1024, got undefined/,
    ],
    [{ thinking: { budget_tokens: 2048 } }, /thinking must have a type/],
    [{ toolChoice: 'any' }, /toolChoice 'any' makes the model call a tool, and there are none/],
    [
      { toolChoice: 'sub', tools },
      /toolChoice names a tool that the model has not: "sub". There are "add"/,
    ],
    [{ toolChoice: 'add' }, /There are none: give it tools/],
    [{ tools: [...tools, ...tools] }, /two tools are named "add"/],
  ])('is a TypeError for %j', (options, message) => {
    const make = () => fields(options as AnthropicCallOptions);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  it.each<AnthropicCallOptions>([
    { toolChoice: 'auto', thinking: enabled, tools },
    { toolChoice: 'none', thinking: enabled, tools },
    { toolChoice: 'any', thinking: { type: 'disabled' }, temperature: 0, tools },
    { toolChoice: { type: 'function', function: { name: 'add' } }, tools },
    { temperature: 1, topP: 0.95, thinking: enabled },
    { maxTokens: 10_001, thinking: enabled },
    { maxTokens: 4096, thinking: enabled, betas: ['interleaved-thinking-2025-05-14'] },
    {
      maxTokens: 4096,
      thinking: enabled,
      headers: { 'Anthropic-Beta': 'a, interleaved-thinking-2025-05-14' },
    },
    {
      tools: [
        ...tools,
        { type: 'mcp_toolset', mcp_server_name: 'a' },
        { type: 'mcp_toolset', mcp_server_name: 'b' },
      ],
    },
  ])('takes %j', (options) => {
    expect(() => fields(options)).not.toThrow();
  });
});

describe('toRequestHeaders', () => {
  it('sends betas from the option and from a header together, each once', () => {
    expect(
      toRequestHeaders({
        betas: ['a', 'b'],
        headers: { 'Anthropic-Beta': 'b, c', 'X-A': '1', 'x-a': '2' },
      }),
    ).toEqual({ 'anthropic-beta': 'a,b,c', 'x-a': '2' });
    expect(toRequestHeaders({ headers: { 'anthropic-beta': null } })).toEqual({
      'anthropic-beta': null,
    });
    expect(toRequestHeaders({})).toEqual({});
  });

  it('loses no beta', () => {
    const names = fc.array(fc.stringMatching(/^[a-z0-9-]{1,20}$/));
    fc.assert(
      fc.property(names, names, (betas, more) => {
        const headers = toRequestHeaders({
          betas,
          headers: { 'ANTHROPIC-BETA': more.join(' , ') },
        });
        expect(new Set(splitBetas(headers['anthropic-beta']))).toEqual(
          new Set([...betas, ...more]),
        );
      }),
    );
  });
});
