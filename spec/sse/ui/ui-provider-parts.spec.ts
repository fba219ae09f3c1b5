import type { ContentBlock } from '../../../lib/messages/content';
import { UIProviderParts } from '../../../lib/sse/ui/ui-provider-parts';

const call = { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'a' } };
const recorded = (...blocks: ContentBlock[]) => {
  const parts = new UIProviderParts(undefined);
  return blocks.flatMap((block) => [...parts.begin(block), ...parts.end(block)]);
};

describe('UIProviderParts', () => {
  it('reports a call that the provider runs, and its result', () => {
    const content = [{ url: 'https://a.test' }];
    expect(recorded(call, { type: 'web_search_tool_result', tool_use_id: 's1', content })).toEqual([
      {
        type: 'tool-input-start',
        toolCallId: 's1',
        toolName: 'web_search',
        providerExecuted: true,
      },
      {
        type: 'tool-input-available',
        toolCallId: 's1',
        toolName: 'web_search',
        input: { query: 'a' },
        providerExecuted: true,
        providerMetadata: { rxlm: { rest: { type: 'server_tool_use' }, unproven: true } },
      },
      { type: 'tool-output-available', toolCallId: 's1', output: content, providerExecuted: true },
      {
        type: 'data-rxlm-block',
        data: {
          toolCallId: 's1',
          hasOutput: true,
          rest: { type: 'web_search_tool_result' },
          unproven: true,
        },
      },
    ]);
  });

  it('reports an input as it grows, and of one that was cut that it was not finished', () => {
    const parts = new UIProviderParts(undefined);
    expect([
      ...parts.begin({ ...call, input: '' }),
      ...parts.grow({ ...call, input: '{"qu' }),
      ...parts.grow({ ...call, input: call.input }),
      ...parts.end({ ...call, input: '{"qu' }),
    ]).toMatchObject([
      { type: 'tool-input-start' },
      { type: 'tool-input-delta', toolCallId: 's1', inputTextDelta: '{"qu' },
      { type: 'tool-input-error', input: '{"qu', errorText: 'The call was not finished.' },
    ]);
    expect([...parts.begin({ type: 'text' }), ...parts.grow({ type: 'text', input: 'a' })]).toEqual(
      [],
    );
  });

  it('says by a word why a call has failed', () => {
    const failed = (more: object) =>
      recorded(call, { type: 'x_tool_result', tool_use_id: 's1', ...more }).slice(2);
    const error = { type: 'x_tool_result_error', error_code: 'unavailable' };
    const rest = { type: 'x_tool_result', content: error };
    expect(failed({ content: error })).toEqual([
      {
        type: 'tool-output-error',
        toolCallId: 's1',
        errorText: 'unavailable',
        providerExecuted: true,
      },
      {
        type: 'data-rxlm-block',
        data: { toolCallId: 's1', hasOutput: false, rest, unproven: true },
      },
    ]);
    expect(failed({ is_error: true, content: 'secret' })[0]).toMatchObject({
      errorText: 'The tool has failed.',
    });
  });

  it('keeps all of a result whose call it has not reported, and of a block that only the provider knows', () => {
    expect(recorded({ type: 'x_tool_result', tool_use_id: 's0', content: 'a' })).toEqual([
      {
        type: 'data-rxlm-block',
        data: {
          toolCallId: 's0',
          hasOutput: false,
          rest: { type: 'x_tool_result', content: 'a' },
          unproven: true,
        },
      },
    ]);
    expect(recorded({ type: 'compaction', content: 'a' })).toEqual([
      {
        type: 'data-rxlm-block',
        data: { rest: { type: 'compaction', content: 'a' }, unproven: true },
      },
    ]);
    expect(recorded({ type: 'text', text: 'a' }, { type: 'tool_use', id: '1', name: 'a' })).toEqual(
      [],
    );
  });

  it('knows calls of a server’s tools from those of ours', () => {
    expect(recorded({ ...call, type: 'mcp_tool_use' })[0]).toMatchObject({ dynamic: true });
  });
});
