import {
  cacheControl,
  citationsConfig,
  documentBlock,
  imageBlock,
  textBlock,
} from './media-shapes.js';
import { serverResultBlocks } from './server-result-shapes.js';
import {
  any,
  dictionary,
  type Fields,
  flag,
  list,
  matching,
  object,
  type Shape,
  tagged,
  text,
  textOr,
} from './shape.js';

/** "String should match pattern": earendil-works/pi#9048. */
const callId = matching(/^[a-zA-Z0-9_-]+$/);
const serverCallId = matching(/^srvtoolu_[a-zA-Z0-9_]+$/);

const caller = tagged({
  direct: {},
  code_execution_20250825: { tool_id: serverCallId },
  code_execution_20260120: { tool_id: serverCallId },
});

const searchResult: Fields = {
  source: text,
  title: text,
  content: list(tagged({ text: textBlock })),
  'cache_control?': cacheControl,
  'citations?': citationsConfig,
};

/** What a tool's result may hold: no audio, no calls. */
const resultBlock = tagged({
  text: textBlock,
  image: imageBlock,
  document: documentBlock,
  search_result: searchResult,
  tool_reference: { tool_name: text, 'cache_control?': cacheControl },
  browser_state: { tabs: list(any), 'state_changes?': list(any), 'cache_control?': cacheControl },
});

const userBlocks = {
  text: textBlock,
  image: imageBlock,
  document: documentBlock,
  search_result: searchResult,
  tool_result: {
    tool_use_id: callId,
    'content?': textOr(list(resultBlock)),
    'is_error?': flag,
    'cache_control?': cacheControl,
    'toolset_name?': text,
  },
  container_upload: { file_id: text, 'cache_control?': cacheControl },
};

/** Thinking without its signature is refused as one that is changed: can1357/oh-my-pi#2145, #6195. */
const signature: Shape = (value, path) =>
  typeof value === 'string' && value === ''
    ? `${path.replace(/\.thinking\.signature$/, '')}: Invalid \`signature\` in \`thinking\` block`
    : text(value, path);

const assistantBlocks = {
  thinking: { thinking: text, signature },
  redacted_thinking: { data: text },
  tool_use: {
    id: callId,
    name: matching(/^[a-zA-Z0-9_-]{1,128}$/),
    input: dictionary,
    'cache_control?': cacheControl,
    'caller?': caller,
    'toolset_name?': text,
  },
  server_tool_use: {
    id: serverCallId,
    name: text,
    input: dictionary,
    'cache_control?': cacheControl,
    'caller?': caller,
  },
  mcp_tool_use: {
    id: callId,
    name: text,
    input: dictionary,
    server_name: text,
    'cache_control?': cacheControl,
  },
  mcp_tool_result: {
    tool_use_id: callId,
    'content?': textOr(list(tagged({ text: textBlock }))),
    'is_error?': flag,
    'cache_control?': cacheControl,
  },
  mcp_tool_listing: { mcp_server_name: text, tools: list(any) },
  ...serverResultBlocks,
  compaction: {
    'content?': text,
    'encrypted_content?': text,
    'signature?': text,
    'tool_changes?': list(any),
    'cache_control?': cacheControl,
  },
  fallback: { from: object({ model: text }), to: object({ model: text }), 'trigger?': any },
};

const toolChange = { tool: dictionary, 'cache_control?': cacheControl };

/** A block of a message: one of the types of the API (`ContentBlockParam` of the SDK, beta included) with its fields. */
export const contentBlock: Shape = tagged({
  ...userBlocks,
  ...assistantBlocks,
  tool_addition: toolChange,
  tool_removal: toolChange,
});

/** A block of a system prompt. */
export const systemBlock: Shape = tagged({ text: textBlock });
