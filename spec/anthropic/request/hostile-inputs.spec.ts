import { toRequest } from '../../../lib/anthropic/request/to-request';
import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { refusalOf } from '../../../lib/testing/anthropic/request-rules/check-request';

// Every input is either sent in a form that the API accepts, or refused before anything is sent, by an error that names the
// message and the block.
const B64 = 'iVBORw0KGgo=';
const U = (...content: unknown[]) => ({ role: 'user', content });
const A = (...content: unknown[]) => ({ role: 'assistant', content });
const T = (text: unknown = 'hi') => ({ type: 'text', text });
const call = (id: unknown = 'toolu_1', fields: object = {}) => ({
  type: 'tool_use',
  id,
  name: 'f',
  input: {},
  ...fields,
});
const res = (id: unknown = 'toolu_1', content: unknown = 'ok', fields: object = {}) => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...fields,
});

function bodyOf(messages: readonly unknown[]): unknown {
  const { body } = toRequest(coerceMessages(messages as never), { model: 'claude-haiku-4-5' });
  return JSON.parse(JSON.stringify(body));
}

describe('inputs that are sent in a form that the API accepts', () => {
  it.each<[string, readonly unknown[]]>([
    ['cache_control null', [U({ ...T(), cache_control: null })]],
    ['cache_control camel', [U({ ...T(), cacheControl: { type: 'ephemeral' } })]],
    [
      'cache_control po',
      [U({ ...T(), providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } })],
    ],
    [
      'cache_control 5',
      [
        U(
          ...[1, 2, 3, 4, 5].map((i) => ({
            ...T(`t${String(i)}`),
            cache_control: { type: 'ephemeral' },
          })),
        ),
      ],
    ],
    ['cache_control on empty', [U({ ...T(''), cache_control: { type: 'ephemeral' } }, T('x'))]],
    [
      'cache_control thinking',
      [
        A(
          { type: 'thinking', thinking: 't', signature: 's', cache_control: { type: 'ephemeral' } },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'cache_control ttl order',
      [
        U(
          { ...T('a'), cache_control: { type: 'ephemeral', ttl: '5m' } },
          { ...T('b'), cache_control: { type: 'ephemeral', ttl: '1h' } },
        ),
      ],
    ],
    [
      'server tool bad id',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'ws_1', name: 'web_search', input: { query: 'a' } },
          { type: 'web_search_tool_result', tool_use_id: 'ws_1', content: [] },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'server tool dash',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_a-b', name: 'web_search', input: {} },
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_a-b', content: [] },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'server tool input str',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: '{"query":"a"}' },
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'server tool twice',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
          T(),
        ),
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'server tool res first',
      [
        U(T()),
        A(
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'server tool content null',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
          { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: null },
          T(),
        ),
        U(T()),
      ],
    ],
    [
      'mcp bad id',
      [
        U(T()),
        A(
          { type: 'mcp_tool_use', id: 'a b', name: 'x', input: {}, server_name: 's' },
          { type: 'mcp_tool_result', tool_use_id: 'a b', content: 'x' },
          T(),
        ),
        U(T()),
      ],
    ],
    ['a lone surrogate in text', [U(T('a\ud800b'))]],
    [
      'a lone surrogate in input',
      [U(T()), A(call('toolu_1', { input: { a: '\ud800', b: ['\udfff'] } })), U(res())],
    ],
    ['a lone surrogate in key', [U(T()), A(call('toolu_1', { input: { '\ud800': 1 } })), U(res())]],
    ['a lone surrogate in result', [U(T()), A(call()), U(res('toolu_1', 'x\ud800'))]],
    ['a lone surrogate in system', [{ role: 'system', content: 'a\udc00' }, U(T())]],
    ['a lone surrogate in name', [U(T()), A(call('toolu_1', { name: 'a\ud800' })), U(res())]],
    ['nul', [U(T('a\u0000b'))]],
    [
      'image assist',
      [
        U(T()),
        A(T(), { type: 'image', source: { type: 'base64', media_type: 'image/png', data: B64 } }),
        U(T()),
      ],
    ],
    [
      'image assist only',
      [
        U(T()),
        A({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: B64 } }),
        U(T()),
      ],
    ],
    [
      'image assist oa',
      [
        U(T()),
        A({ type: 'image_url', image_url: { url: 'data:image/png;base64,' + B64 } }),
        U(T()),
      ],
    ],
    [
      'document assist',
      [
        U(T()),
        A({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } }),
        U(T()),
      ],
    ],
    [
      'search assist',
      [U(T()), A({ type: 'search_result', source: 's', title: 't', content: [T()] }), U(T())],
    ],
    ['upload assist', [U(T()), A({ type: 'container_upload', file_id: 'f' }), U(T())]],
    ['image file', [U({ type: 'image', source: { type: 'file', file_id: 'file_1' } })]],
    ['image file extra', [U({ type: 'image', source: { type: 'file', file_id: 'file_1', x: 1 } })]],
    [
      'image bmp',
      [U({ type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: B64 } })],
    ],
    [
      'image upper',
      [U({ type: 'image', source: { type: 'base64', media_type: 'IMAGE/PNG', data: B64 } })],
    ],
    ['image nomt', [U({ type: 'image', source: { type: 'base64', data: B64 } })]],
    [
      'image b64 space',
      [
        U({
          type: 'image',
          source: { type: 'base64', media_type: 'image/png', data: 'iVBO Rw0K\nGgo=' },
        }),
      ],
    ],
    [
      'image dataurl src',
      [
        U({
          type: 'image',
          source: { type: 'base64', media_type: 'image/png', data: 'data:image/png;base64,' + B64 },
        }),
      ],
    ],
    [
      'image url data',
      [U({ type: 'image', source: { type: 'url', url: 'data:image/png;base64,' + B64 } })],
    ],
    [
      'image alt',
      [
        U({
          type: 'image',
          source: { type: 'base64', media_type: 'image/png', data: B64 },
          alt: 'x',
        }),
      ],
    ],
    ['document content str', [U({ type: 'document', source: { type: 'content', content: 'x' } })]],
    [
      'document content empty',
      [U({ type: 'document', source: { type: 'content', content: [T('')] } }, T())],
    ],
    [
      'document html',
      [U({ type: 'document', source: { type: 'base64', media_type: 'text/html', data: 'PGI+' } })],
    ],
    [
      'document title num',
      [
        U({
          type: 'document',
          title: 5,
          source: { type: 'text', media_type: 'text/plain', data: 'x' },
        }),
      ],
    ],
    [
      'document cit true',
      [
        U({
          type: 'document',
          citations: true,
          source: { type: 'text', media_type: 'text/plain', data: 'x' },
        }),
      ],
    ],
    ['audio', [U({ type: 'input_audio', input_audio: { data: B64, format: 'wav' } })]],
    ['text null', [U({ type: 'text', text: null }, T())]],
    ['text missing', [U({ type: 'text' }, T())]],
    ['text cit null', [A({ ...T(), citations: null }), U(T())]],
    [
      'text cit foreign',
      [A({ ...T(), citations: [{ type: 'url_citation', url: 'https://x' }] }), U(T())],
    ],
    ['result num', [U(T()), A(call()), U(res('toolu_1', 5))]],
    ['result null', [U(T()), A(call()), U(res('toolu_1', null))]],
    ['result obj', [U(T()), A(call()), U(res('toolu_1', { a: 1 }))]],
    ['result empty arr', [U(T()), A(call()), U(res('toolu_1', []))]],
    ['result empty text', [U(T()), A(call()), U(res('toolu_1', [T('')]))]],
    ['result err str', [U(T()), A(call()), U(res('toolu_1', 'x', { is_error: 'true' }))]],
    ['result nested call', [U(T()), A(call()), U(res('toolu_1', [call('toolu_9')]))]],
    ['result nested res', [U(T()), A(call()), U(res('toolu_1', [res('toolu_9')]))]],
    ['result ws', [U(T()), A(call()), U(res('toolu_1', '   '))]],
    ['result in assist', [U(T()), A(call(), res()), U(T())]],
    [
      'result file',
      [
        U(T()),
        A(call()),
        U(res('toolu_1', [{ type: 'file', data: B64, mimeType: 'application/pdf' }])),
      ],
    ],
    ['result err empty', [U(T()), A(call()), U(res('toolu_1', '', { is_error: true }))]],
    ['call input str', [U(T()), A(call('toolu_1', { input: '{"a":1}' })), U(res())]],
    ['call input arr', [U(T()), A(call('toolu_1', { input: [1] })), U(res())]],
    ['call input null', [U(T()), A(call('toolu_1', { input: null })), U(res())]],
    ['call input missing', [U(T()), A({ type: 'tool_use', id: 'toolu_1', name: 'f' }), U(res())]],
    ['call noid', [U(T()), A({ type: 'tool_use', name: 'f', input: {} }), U(T())]],
    ['call long', [U(T()), A(call('x'.repeat(300))), U(res('x'.repeat(300)))]],
    ['call idnum', [U(T()), A(call(5)), U(res(5))]],
    [
      'call caller bad',
      [
        U(T()),
        A(call('toolu_1', { caller: { type: 'code_execution_20250825', tool_id: 'nope' } })),
        U(res()),
      ],
    ],
    ['call input date', [U(T()), A(call('toolu_1', { input: { d: new Date(0) } })), U(res())]],
    ['call input nan', [U(T()), A(call('toolu_1', { input: { d: NaN } })), U(res())]],
    [
      'call proto',
      [U(T()), A(call('toolu_1', { input: JSON.parse('{"__proto__":{"a":1}}') })), U(res())],
    ],
    ['think nosig', [U(T()), A({ type: 'thinking', thinking: 'x' }, T()), U(T())]],
    [
      'think emptysig',
      [U(T()), A({ type: 'thinking', thinking: 'x', signature: '' }, T()), U(T())],
    ],
    ['think sig num', [U(T()), A({ type: 'thinking', thinking: 'x', signature: 5 }, T()), U(T())]],
    ['think only nosig', [U(T()), A({ type: 'thinking', thinking: 'x' }), U(T())]],
    ['think null', [U(T()), A({ type: 'thinking', thinking: null, signature: 's' }, T()), U(T())]],
    ['red num', [U(T()), A({ type: 'redacted_thinking', data: 5 }, T()), U(T())]],
    ['prefill ws', [U(T()), A(T('abc  \n'))]],
    ['prefill only ws', [U(T()), A(T('  '))]],
    ['assistant first', [A(T()), U(T())]],
    ['sys mid', [U(T()), { role: 'system', content: 'be' }, U(T())]],
    ['sys last', [U(T()), { role: 'system', content: 'be' }]],
    ['sys empty', [{ role: 'system', content: '' }, U(T())]],
    ['sys ws', [{ role: 'system', content: ' \n' }, U(T())]],
    ['sys ws block', [{ role: 'system', content: [T(' ')] }, U(T())]],
    ['dev', [{ role: 'developer', content: 'x' }, U(T())]],
    [
      'fn role',
      [
        U(T()),
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: 'x' },
      ],
    ],
    ['content obj', [{ role: 'user', content: { type: 'text', text: 'x' } }]],
    [
      'OpenAI tc badjson',
      [
        U(T()),
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'x' },
      ],
    ],
    [
      'OpenAI tc arr',
      [
        U(T()),
        {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '[1]' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'x' },
      ],
    ],
    [
      'OpenAI custom',
      [
        U(T()),
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'f', input: 'raw' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'x' },
      ],
    ],
    ['OpenAI refusal', [U(T()), { role: 'assistant', content: null, refusal: 'no' }, U(T())]],
    ['OpenAI audio', [U(T()), { role: 'assistant', content: null, audio: { id: 'a' } }, U(T())]],
    [
      'OpenAI detail',
      [U({ type: 'image_url', image_url: { url: 'https://a/b.png', detail: 'high' } })],
    ],
    ['OpenAI url str', [U({ type: 'image_url', image_url: 'https://a/b.png' })]],
    [
      'OpenAI file',
      [
        U({
          type: 'file',
          file: { file_data: 'data:application/pdf;base64,JVBERg==', filename: 'a.pdf' },
        }),
      ],
    ],
    ['OpenAI file id', [U({ type: 'file', file: { file_id: 'file-1' } })]],
    ['OpenAI input text', [U({ type: 'input_text', text: 'x' })]],
    [
      'OpenAI output text',
      [U(T()), A({ type: 'output_text', text: 'x', annotations: [] }), U(T())],
    ],
    ['compaction null', [U(T()), A({ type: 'compaction', content: null }, T()), U(T())]],
    [
      'mcp listing',
      [U(T()), A({ type: 'mcp_tool_listing', mcp_server_name: 's', tools: [] }, T()), U(T())],
    ],
    [
      'toolref',
      [U(T()), A(call()), U(res('toolu_1', [{ type: 'tool_reference', tool_name: 'x' }]))],
    ],
    ['search strcontent', [U({ type: 'search_result', source: 's', title: 't', content: 'x' })]],
    ['search empty', [U({ type: 'search_result', source: 's', title: 't', content: [] }, T())]],
    ['tool add user', [U({ type: 'tool_addition', tool: {} }, T())]],
    [
      'web fetch',
      [
        U(T()),
        A(
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_fetch', input: {} },
          {
            type: 'web_fetch_tool_result',
            tool_use_id: 'srvtoolu_1',
            content: {
              type: 'web_fetch_result',
              url: 'https://a',
              content: {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: '' },
              },
              retrieved_at: null,
            },
          },
          T(),
        ),
        U(T()),
      ],
    ],
  ])('%s', (_, messages) => {
    const body = bodyOf(messages);
    expect(refusalOf(body)).toBeUndefined();
    // `JSON.stringify` writes only lone halves as escapes.
    expect(JSON.stringify(body)).not.toMatch(/[^\\]\\ud[89a-f]/i);
  });
});

describe('files of the AI SDK', () => {
  const file = (fields: object) => [U({ type: 'file', ...fields })];

  it.each([
    ['a family alone', { mediaType: 'image', data: B64 }, 'image'],
    [
      'a file by its reference',
      { mediaType: 'application/pdf', data: { type: 'reference', reference: { anthropic: 'f' } } },
      'document',
    ],
    [
      'a file for the container',
      {
        mediaType: 'text/csv',
        data: { type: 'reference', reference: { anthropic: 'f' } },
        providerOptions: { anthropic: { containerUpload: true } },
      },
      'container_upload',
    ],
  ])('sends %s', (_, fields, type) => {
    const body = bodyOf(file(fields));
    expect(refusalOf(body)).toBeUndefined();
    expect(body).toMatchObject({ messages: [{ content: [{ type }] }] });
  });
});

describe('inputs that are refused before anything is sent', () => {
  it.each<[string, readonly unknown[], RegExp]>([
    [
      'cache_control string',
      [U({ ...T(), cache_control: 'ephemeral' })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control true',
      [U({ ...T(), cache_control: true })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control ttl bad',
      [U({ ...T(), cache_control: { type: 'ephemeral', ttl: '2h' } })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control type bad',
      [U({ ...T(), cache_control: { type: 'persistent' } })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control extra',
      [U({ ...T(), cache_control: { type: 'ephemeral', foo: 1 } })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control empty',
      [U({ ...T(), cache_control: {} })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'cache_control po bad',
      [U({ ...T(), providerOptions: { anthropic: { cacheControl: 'x' } } })],
      /messages\[0\]\.content\[0\]: cache_control must be \{ type: 'ephemeral', ttl/,
    ],
    [
      'mcp no server',
      [
        U(T()),
        A(
          { type: 'mcp_tool_use', id: 'a', name: 'x', input: {} },
          { type: 'mcp_tool_result', tool_use_id: 'a', content: 'x' },
          T(),
        ),
        U(T()),
      ],
      /messages\[1\]\.content\[0\]: a mcp_tool_use block has no server_name\. Give/,
    ],
    [
      'image system',
      [
        {
          role: 'system',
          content: [{ type: 'image', source: { type: 'url', url: 'https://a/b.png' } }],
        },
        U(T()),
      ],
      /messages\[0\]\.content\[0\]: a system message holds text only\. Put it in a/,
    ],
    [
      'image http',
      [U({ type: 'image', source: { type: 'url', url: 'http://a/b.png' } })],
      /messages\[0\]\.content\[0\]: the Messages API fetches https addresses only,/,
    ],
    [
      'image blank b64',
      [U({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } })],
      /messages\[0\]\.content\[0\]: its data is empty\. Leave it out\./,
    ],
    [
      'image bad b64',
      [U({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: '***' } })],
      /messages\[0\]\.content\[0\]: its data is no valid base64\. Give the bytes th/,
    ],
    [
      'image nosource',
      [U({ type: 'image' })],
      /messages\[0\]\.content\[0\]: a block of type "image" has no data, url, text/,
    ],
    [
      'document empty text',
      [U({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: '' } })],
      /the messages have no content: give at least one that says something/,
    ],
    [
      'document docx',
      [
        U({
          type: 'document',
          source: {
            type: 'base64',
            media_type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
            data: 'UEsD',
          },
        }),
      ],
      /messages\[0\]\.content\[0\]: the Messages API takes PDFs and text, but no f/,
    ],
    [
      'video',
      [U({ type: 'video', url: 'https://x/y.mp4' })],
      /messages\[0\]\.content\[0\]: the Messages API takes no video\. Send its text/,
    ],
    [
      'svg',
      [
        U({
          type: 'image',
          source: { type: 'base64', media_type: 'image/svg+xml', data: 'PHN2Zz4=' },
        }),
      ],
      /messages\[0\]\.content\[0\]: the Messages API takes no pictures of type "im/,
    ],
    [
      'text num',
      [U({ type: 'text', text: 5 })],
      /the messages have no content: give at least one that says something/,
    ],
    [
      'text obj',
      [U({ type: 'text', text: { value: 'x' } })],
      /the messages have no content: give at least one that says something/,
    ],
    [
      'null block',
      [U(null, T())],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'str block',
      [U('plain', T())],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'num block',
      [U(5)],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'nested arr',
      [U([T()])],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'result audio',
      [U(T()), A(call()), U(res('toolu_1', [{ type: 'audio', data: B64, mimeType: 'audio/wav' }]))],
      /messages\[2\]\.content\[0\]\.content\[0\]: the Messages API takes no audio\. Se/,
    ],
    [
      'call noname',
      [U(T()), A({ type: 'tool_use', id: 'toolu_1', input: {} }), U(res())],
      /messages\[1\]: a tool call needs the name of its tool, got undefined/,
    ],
    [
      'call caller str',
      [U(T()), A(call('toolu_1', { caller: 'direct' })), U(res())],
      /messages\[1\]\.content\[0\]: caller of a tool_use block must be of type obj/,
    ],
    [
      'call user',
      [U(T(), call()), A(T()), U(T())],
      /messages\[0\]\.content\[1\]: a human message holds a tool call\. Put it in a/,
    ],
    [
      'call input undef',
      [U(T()), A(call('toolu_1', { input: { a: undefined, b: () => 1, c: 1n } })), U(res())],
      /messages\[1\]\.content\[0\]: the arguments of a call are no JSON \(Do not kn/,
    ],
    [
      'think user',
      [U({ type: 'thinking', thinking: 'x', signature: 's' }, T())],
      /messages\[0\]\.content\[0\]: a human message holds thinking\. Put it in an a/,
    ],
    ['empty', [], /there is no message to answer: give at least one that is no system mes/],
    [
      'only system',
      [{ role: 'system', content: 'x' }],
      /there is no message to answer: give at least one that is no system mes/,
    ],
    [
      'ws only',
      [U(T('  '))],
      /the messages have no content: give at least one that says something/,
    ],
    [
      'role bad',
      [{ role: 'robot', content: 'x' }],
      /messages\[0\]: a message's role must be human, user, ai, assistant, syst/,
    ],
    [
      'tool role noid',
      [U(T()), A(call()), { role: 'tool', content: 'x' }],
      /messages\[2\]: a tool message needs the tool_call_id that it answers, go/,
    ],
    [
      'content num',
      [{ role: 'user', content: 5 }],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'content undef',
      [{ role: 'user' }],
      /messages\[0\]: a message's content must be a string or an array of block/,
    ],
    [
      'compaction user',
      [U({ type: 'compaction', content: 'x' }, T())],
      /messages\[0\]\.content\[0\]: a human message holds a block of type "compact/,
    ],
    [
      'fallback bad',
      [U(T()), A({ type: 'fallback', from: 'a' }, T()), U(T())],
      /messages\[1\]\.content\[0\]: from of a fallback block must be of type objec/,
    ],
    [
      'unknown user',
      [U({ type: 'weird', a: 1 }, T())],
      /messages\[0\]\.content\[0\]: the Messages API has no block of type "weird"\./,
    ],
    [
      'unknown assist',
      [U(T()), A({ type: 'weird', a: 1 }, T()), U(T())],
      /messages\[1\]\.content\[0\]: the Messages API has no block of type "weird"\./,
    ],
    [
      'upload null',
      [U({ type: 'container_upload', file_id: null }, T())],
      /messages\[0\]\.content\[0\]: a container_upload block has no file_id\. Give/,
    ],
    [
      'search nosrc',
      [U({ type: 'search_result', title: 't', content: [T()] })],
      /messages\[0\]\.content\[0\]: a search_result block has no source\. Give it,/,
    ],
  ])('%s', (_, messages, message) => {
    expect(() => bodyOf(messages)).toThrow(message);
    expect(() => bodyOf(messages)).toThrow(TypeError);
  });
});
