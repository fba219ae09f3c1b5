import { contentBlock, systemBlock } from './block-shapes.js';
import { cacheControl } from './media-shapes.js';
import {
  any,
  flag,
  isJson,
  list,
  number,
  object,
  one,
  type Shape,
  tagged,
  text,
  textOr,
} from './shape.js';
import { tool, toolChoice } from './tool-shapes.js';

const display = { 'display?': text, 'block_binding?': any };

const outputConfig = object({
  'effort?': one('low', 'medium', 'high', 'xhigh', 'max'),
  'format?': tagged({ json_schema: { schema: any } }),
  'task_budget?': any,
});

const systemMessage = object({
  role: any,
  'content?': textOr(list(contentBlock)),
  'clear_at?': text,
  'output_config?': any,
});
const message = object({
  role: one('user', 'assistant', 'system'),
  content: textOr(list(contentBlock)),
});

/** The body of a request: the fields of `MessageCreateParams` of the SDK, beta included, and no others. */
export const requestBody: Shape = (body, path) => {
  const wrong = object({
    model: text,
    max_tokens: number(0),
    messages: list((entry, at) =>
      (isJson(entry) && entry['role'] === 'system' ? systemMessage : message)(entry, at),
    ),
    'system?': textOr(list(systemBlock)),
    'temperature?': number(0, 1),
    'top_p?': number(0, 1),
    'top_k?': number(0),
    'stop_sequences?': list(text),
    'stream?': flag,
    'thinking?': tagged({
      enabled: { budget_tokens: number(1024), ...display },
      adaptive: display,
      between_tools: {},
      disabled: {},
    }),
    'tools?': list(tool),
    'tool_choice?': toolChoice,
    'output_config?': outputConfig,
    'cache_control?': cacheControl,
    'container?': textOr(object({ 'id?': text, 'skills?': list(any) })),
    'metadata?': object({ 'user_id?': text }),
    'mcp_servers?': list(any),
    'billing_policy?': any,
    'compaction?': any,
    'context_management?': any,
    'diagnostics?': any,
    'fallback_credit_token?': any,
    'fallbacks?': any,
    'inference_geo?': text,
    'output_format?': any,
    'service_tier?': text,
    'speed?': text,
    'thread?': any,
  })(body, path);
  // The service names the fields of the body without a root.
  return wrong?.startsWith(`${path}.`) === true ? wrong.slice(path.length + 1) : wrong;
};
