import { AIMessage, type ToolCall, ToolMessage } from 'rxlm';
import {
  toolFailure,
  toolResult,
  toolResultWithArtifact,
} from '../../../lib/tools/internal/tool-result';

const call: ToolCall = { type: 'tool_call', id: 'toolu_1', name: 'weather', args: {} };
const text = { type: 'text', text: '21 °C' };
const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
const circular: unknown[] = [];
circular.push(circular);

describe('toolResultWithArtifact', () => {
  it('shows the first to the model, and keeps the second for the application', () => {
    expect(toolResultWithArtifact(call, ['2 rows', [{ id: 1 }, { id: 2 }]])).toMatchObject({
      content: '2 rows',
      artifact: [{ id: 1 }, { id: 2 }],
      status: 'success',
    });
  });

  it.each(['text', ['one'], [1, 2, 3]])('takes no %j', (result) => {
    expect(() => toolResultWithArtifact(call, result)).toThrow(
      /tool weather: .* func must give \[content, artifact\], got/,
    );
  });
});

describe('toolResult', () => {
  it('takes the text of a message and of an agent’s answer, and the object of one that gives one', () => {
    const output = new AIMessage({ content: [{ type: 'thinking', thinking: 'Hm' }, text] });
    expect(toolResult(call, output).content).toBe('21 °C');
    const agent = { messages: [output], output, steps: 1, finish: 'done' };
    expect(toolResult(call, agent).content).toBe('21 °C');
    expect(toolResult(call, { ...agent, structured: { celsius: 21 } }).content).toBe(
      '{"celsius":21}',
    );
  });

  it('takes a tool message as it is, for the call that it answers', () => {
    const made = new ToolMessage({
      content: [text],
      tool_call_id: 'other',
      status: 'error',
      artifact: { a: 1 },
    });
    expect(toolResult(call, made)).toMatchObject({
      content: [text],
      tool_call_id: 'toolu_1',
      status: 'error',
      artifact: { a: 1 },
    });
  });

  it('answers the call it is given', () => {
    expect(JSON.parse(JSON.stringify(toolResult(call, '21 °C')))).toEqual({
      type: 'tool',
      content: '21 °C',
      tool_call_id: 'toolu_1',
      name: 'weather',
      status: 'success',
      additional_kwargs: {},
      response_metadata: {},
    });
  });

  it.each([
    ['', ''],
    ['{"a":1}', '{"a":1}'],
    [undefined, ''],
    [null, 'null'],
    [21, '21'],
    [false, 'false'],
    [{ celsius: 21 }, '{"celsius":21}'],
    [[], '[]'],
    [[1, 2], '[1,2]'],
    [[{ id: 1 }], '[{"id":1}]'],
    [[{ type: 'invoice', id: 1 }], '[{"type":"invoice","id":1}]'],
    [[text, 'more'], '[{"type":"text","text":"21 °C"},"more"]'],
    [[null], '[null]'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])('makes text of %j', (result, content) => {
    expect(toolResult(call, result).content).toBe(content);
  });

  it('lets content blocks pass', () => {
    const blocks = [text, image];
    expect(toolResult(call, blocks).content).toBe(blocks);
  });

  it.each([
    { type: 'resource', resource: { uri: 'a:b', text: 'a' } },
    { type: 'resource_link', uri: 'https://a.test', name: 'a' },
    { type: 'audio', data: 'QUJD', mimeType: 'audio/wav' },
  ])('reads $type in a list as within a result of MCP', (block) => {
    const content = [text, block];
    expect(toolResult(call, content).content).toBe(content);
    expect(toolResult(call, { content }).content).toBe(content);
  });

  it.each([
    [{ type: 'file', name: 'a.txt', size: 3 }],
    [{ type: 'image', width: 3 }],
    [{ type: 'text', words: 3 }],
    [{ type: 'resource', id: 1 }],
    [{ type: 'document', title: 'a' }],
  ])('takes rows that are named like blocks for data: %j', (row) => {
    expect(toolResult(call, [row]).content).toBe(JSON.stringify([row]));
  });

  it('throws for what has no JSON', () => {
    expect(() => toolResult(call, circular)).toThrow(TypeError);
    expect(() => toolResult(call, 1n)).toThrow(TypeError);
    expect(() => toolResult(call, () => undefined)).toThrow(TypeError);
  });

  it('answers a call without an id all the same', () => {
    const { id, ...anonymous } = call;
    expect(toolResult(anonymous, new AIMessage('x').text).tool_call_id).toBe('');
    expect(id).toBe('toolu_1');
  });
});

describe('toolFailure', () => {
  it('answers with the reason, as an error', () => {
    const failure = toolFailure(
      { type: 'invalid_tool_call', id: 'a', args: '{', error: 'x' },
      'No.',
    );
    expect(failure).toMatchObject({ content: 'No.', status: 'error', tool_call_id: 'a' });
    expect(failure).not.toHaveProperty('name');
  });
});
