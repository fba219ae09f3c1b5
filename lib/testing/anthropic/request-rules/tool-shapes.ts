import { cacheControl, citationsConfig } from './media-shapes.js';
import {
  any,
  asText,
  type Fields,
  flag,
  isJson,
  list,
  matching,
  number,
  object,
  type Shape,
  tagged,
  text,
} from './shape.js';

const common: Fields = {
  'cache_control?': cacheControl,
  'strict?': flag,
  'defer_loading?': flag,
  'allowed_callers?': list(text),
};
const examples: Fields = { 'input_examples?': list(any) };
const domains: Fields = {
  'allowed_domains?': list(text),
  'blocked_domains?': list(text),
  'max_uses?': number(1),
  'response_inclusion?': text,
};
const screen: Fields = {
  display_width_px: number(1),
  display_height_px: number(1),
  'display_number?': number(0),
  'enable_zoom?': flag,
};

/**
 * The schema of a tool's input is an object's, and no union.
 *
 * "input_schema does not support oneOf, allOf, or anyOf at the top level": vercel/ai#21350, GlitterKill/sdl-mcp#24.
 */
const inputSchema: Shape = (value, path) => {
  if (!isJson(value)) return `${path}: Input should be a valid dictionary`;
  if (value['type'] === undefined) return `${path}.type: Field required`;
  if (value['type'] !== 'object') return `${path}.type: Input should be 'object'`;
  return ['oneOf', 'allOf', 'anyOf'].some((keyword) => Object.hasOwn(value, keyword))
    ? `${path}: input_schema does not support oneOf, allOf, or anyOf at the top level`
    : undefined;
};

/** "String should match pattern": github/copilot-cli#1879, danny-avila/LibreChat#13162. */
const custom: Fields = {
  name: matching(/^[a-zA-Z0-9_-]{1,128}$/),
  'description?': text,
  input_schema: inputSchema,
  'eager_input_streaming?': flag,
  ...common,
  ...examples,
};

/** The provider's own tools, by what their type is without its date. */
const families: Readonly<Record<string, Fields>> = {
  bash: { name: text, ...common, ...examples },
  text_editor: { name: text, 'max_characters?': number(1), ...common, ...examples },
  computer: { name: text, ...screen, ...common, ...examples },
  computer_toolset: { 'configs?': any, 'cache_control?': cacheControl },
  browser_toolset: { 'configs?': any, 'cache_control?': cacheControl },
  memory: { name: text, ...common, ...examples },
  code_execution: { name: text, ...common },
  web_search: { name: text, 'user_location?': any, ...domains, ...common },
  web_fetch: {
    name: text,
    'citations?': citationsConfig,
    'max_content_tokens?': number(1),
    'url_sources?': any,
    'use_cache?': flag,
    ...domains,
    ...common,
  },
  tool_search_tool_bm25: { name: text, ...common },
  tool_search_tool_regex: { name: text, ...common },
  advisor: {
    name: text,
    model: text,
    'caching?': any,
    'max_tokens?': number(1),
    'max_uses?': number(1),
    ...common,
  },
  mcp_toolset: {
    mcp_server_name: text,
    'configs?': any,
    'default_config?': any,
    'tools?': any,
    'cache_control?': cacheControl,
  },
};

/** A tool of a request: one's own, or one of the provider's with its fields (`ToolUnion` of the SDK, beta included). */
export const tool: Shape = (value, path) => {
  if (!isJson(value)) return `${path}: Input should be a valid dictionary`;
  const { type } = value;
  if (type === undefined || type === null || type === 'custom') {
    return object({ 'type?': any, ...custom })(value, `${path}.custom`);
  }
  const family = asText(type).replace(/_\d{8}$/, '');
  const fields = Object.hasOwn(families, family) ? families[family] : undefined;
  return tagged(fields === undefined ? families : { [asText(type)]: fields })(value, path);
};

const parallel: Fields = { 'disable_parallel_tool_use?': flag };

export const toolChoice: Shape = tagged({
  auto: parallel,
  any: parallel,
  none: {},
  tool: { name: text, ...parallel },
});
