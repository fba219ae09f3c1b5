import { createAnthropic } from '@ai-sdk/anthropic';
import { jsonSchema, streamText, tool } from 'ai';
import { API_KEY, loop, MAX_TOKENS, MODEL, PROMPT } from './client.mjs';

// It knows only the tools that it is given.
const tools = Object.fromEntries(
  ['open_file', 'list_files'].map((name) => [
    name,
    tool({ inputSchema: jsonSchema({ type: 'object' }) }),
  ]),
);

/** `streamText().fullStream`, iterated over. It tells errors as parts, among the others. */
export function open({ baseURL, maxRetries, clocks }) {
  const anthropic = createAnthropic({ apiKey: API_KEY, baseURL: `${baseURL}/v1` });
  const ask = (abortSignal) =>
    streamText({
      model: anthropic(MODEL),
      prompt: PROMPT,
      maxOutputTokens: MAX_TOKENS,
      tools,
      maxRetries,
      abortSignal,
      timeout: timeoutOf(clocks),
    }).fullStream;
  return {
    read: async ({ signal = undefined, leave = signal, take }) => {
      const message = { text: '', blocks: [], calls: [], usage: undefined };
      let error;
      const ended = await loop(ask(leave), textOf, (text, part) => {
        error ??= errorOf(part);
        add(message, part);
        return take(text, part);
      });
      if (error !== undefined) throw error;
      return ended ? { ...message, text: message.blocks.join('') } : undefined;
    },
    iterate: () => ask(undefined),
    textOf,
  };
}

/** Its clocks count what is meaningful output: the head comes before the first, pings are none. */
const timeoutOf = ({ headers, idle, content = idle, total } = {}) => ({
  ...(headers !== undefined && { firstChunkMs: headers }),
  ...(content !== undefined && { chunkMs: content, firstChunkMs: content }),
  ...(total !== undefined && { totalMs: total }),
});

const textOf = (part) => (part.type === 'text-delta' ? part.text : '');

/** What of a part says that the answer is not whole. */
function errorOf({ type, error, finishReason, reason }) {
  if (type === 'error') return error ?? new Error('an error part without an error');
  if (type === 'abort') return named('abort', reason ?? 'part');
  if (type === 'finish' && finishReason === 'interrupted') return named('finish', finishReason);
  return undefined;
}

const named = (name, why) => Object.assign(new Error(`${why}`), { name: `${name} ${why}` });

function add(message, part) {
  const { blocks, calls } = message;
  if (part.type === 'text-start') message[`of ${part.id}`] = blocks.push('') - 1;
  if (part.type === 'text-delta') blocks[message[`of ${part.id}`]] += part.text;
  if (part.type === 'tool-call')
    calls.push(
      part.invalid
        ? { name: part.toolName, invalid: part.input }
        : { name: part.toolName, args: part.input },
    );
  if (part.type === 'finish')
    message.usage = {
      input_tokens: part.totalUsage.inputTokens,
      output_tokens: part.totalUsage.outputTokens,
      total_tokens: part.totalUsage.totalTokens,
    };
}
