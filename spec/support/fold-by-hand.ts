/** What an answer says, read by hand. */
export interface Said {
  text: string;
  reasoning: string;
  refusal: string;
  calls: { id: string | undefined; name: string; args: unknown }[];
  usage: readonly [input: number, output: number] | undefined;
  finish: string | undefined;
  failed: boolean;
}

// What servers have sent is read here without a guard on purpose: a surprise fails the spec.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>;

/** The data of each event, without rxlm's own decoder: a blank line ends an event. */
export function eventsOf(body: string): { name: string; data: string }[] {
  return body
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .split('\n\n')
    .map((frame) => {
      const lines = frame.split('\n');
      const values = (field: string) =>
        lines
          .filter((line) => line.startsWith(`${field}:`))
          .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
      return { name: values('event').at(-1) ?? '', data: values('data').join('\n') };
    })
    .filter(({ data }) => data !== '');
}

/** A fold of Chat Completions that shares nothing with rxlm: all events are at hand, so nothing has to be kept up. */
export function foldChat(body: string): Said {
  const events = eventsOf(body).filter(({ data }) => data !== '[DONE]');
  const chunks = events.map(({ data }) => JSON.parse(data) as Json);
  const choices = chunks
    .flatMap(({ choices: all }) => (all ?? []) as Json[])
    .filter(({ index = 0 }) => index === 0);
  const deltas = choices.map(({ delta }) => (delta ?? {}) as Json);
  const parts = deltas.flatMap(({ content }) =>
    Array.isArray(content) ? (content as Json[]) : [content],
  );
  const text = parts.map((part) => (typeof part === 'string' ? part : (part?.text ?? ''))).join('');
  const thought = (delta: Json) =>
    delta['reasoning'] ||
    delta['reasoning_content'] ||
    ((delta['reasoning_details'] ?? []) as Json[])
      .map((detail) => detail['text'] ?? detail['summary'] ?? '')
      .join('');
  const reasoning =
    deltas.map(thought).join('') +
    parts
      .flatMap((part) => (part?.thinking ?? []) as Json[])
      .map((inner) => inner['text'])
      .join('');
  const words = choices.map(({ finish_reason: word }) => word as string).filter(Boolean);
  const calls = callsOf(deltas.flatMap(({ tool_calls: pieces }) => (pieces ?? []) as Json[]));
  const refusal = deltas.map(({ refusal: piece }) => piece ?? '').join('');
  const usages = chunks
    .map(({ usage, x_groq: groq }) => usage ?? groq?.usage)
    .filter((usage) => usage);
  return {
    text,
    reasoning,
    refusal,
    calls,
    usage: usageOf(usages.at(-1)),
    finish:
      calls.length > 0
        ? 'tool_call'
        : refusal !== ''
          ? 'content_filter'
          : (words.find((word) => word !== 'stop') ?? 'stop'),
    failed: chunks.some(({ error }) => error) || events.some(({ name }) => name === 'error'),
  };
}

function callsOf(pieces: readonly Json[]): Said['calls'] {
  const byKey = new Map<unknown, { id: string; name: string; text: string }>();
  let last: unknown;
  for (const piece of pieces) {
    const key = piece['index'] ?? (piece['id'] || last);
    last = key;
    const call = byKey.get(key) ?? { id: '', name: '', text: '' };
    byKey.set(key, {
      id: call.id || piece['id'] || '',
      name: call.name || piece['function']?.name || '',
      text: `${call.text}${piece['function']?.arguments ?? ''}`,
    });
  }
  return [...byKey.values()].map(({ id, name, text }) => ({
    id,
    name,
    args: JSON.parse(text || '{}') as unknown,
  }));
}

function usageOf(usage: Json | undefined): Said['usage'] {
  if (usage === undefined) return undefined;
  const [input, output, total, reasoning] = [
    usage['prompt_tokens'],
    usage['completion_tokens'],
    usage['total_tokens'],
    usage['completion_tokens_details']?.reasoning_tokens ?? 0,
  ].map(Number) as [number, number, number, number];
  const isBeside = reasoning > output || (reasoning > 0 && total === input + output + reasoning);
  return [input, isBeside ? output + reasoning : output];
}

/** The same for Responses, read of the whole items that end each of them. */
export function foldResponses(body: string): Said {
  const events = eventsOf(body)
    .filter(({ data }) => data !== '[DONE]')
    .map(({ data }) => JSON.parse(data) as Json);
  const ending = events.find(({ type }) => /^response\.(completed|incomplete|failed)$/.test(type));
  const done = events
    .filter(({ type }) => type === 'response.output_item.done')
    .map(({ item }) => item as Json);
  const items = done.length > 0 ? done : ((ending?.['response']?.output ?? []) as Json[]);
  const contents = items
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => content as Json[]);
  const calls = items
    .filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
    .map((item) => ({
      id: item['call_id'] as string,
      name: item['name'] as string,
      args:
        item['type'] === 'custom_tool_call'
          ? { input: item['input'] }
          : (JSON.parse(item['arguments'] || '{}') as unknown),
    }));
  const usage = ending?.['response']?.usage as Json | undefined;
  const refusal = contents.map(({ refusal: piece }) => piece ?? '').join('');
  const reason = ending?.['response']?.incomplete_details?.reason;
  return {
    text: contents.map(({ text }) => text ?? '').join(''),
    reasoning: items
      .filter(({ type }) => type === 'reasoning')
      .flatMap(
        ({ summary, content }) => ((summary?.length > 0 ? summary : content) ?? []) as Json[],
      )
      .map(({ text }) => text)
      .join(''),
    refusal,
    calls,
    usage: usage ? [usage['input_tokens'], usage['output_tokens']] : undefined,
    finish:
      reason === 'content_filter'
        ? 'content_filter'
        : reason
          ? 'length'
          : calls.length > 0
            ? 'tool_call'
            : refusal !== ''
              ? 'content_filter'
              : 'stop',
    failed: events.some(({ type }) => type === 'error' || type === 'response.failed'),
  };
}

/** The same for the lines of Ollama. */
export function foldOllama(body: string): Said {
  const lines = body
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Json);
  const messages = lines.map(({ message }) => (message ?? {}) as Json);
  const last = lines.find(({ done }) => done);
  const calls = messages
    .flatMap(({ tool_calls: all }) => (all ?? []) as Json[])
    .map((call) => ({
      id: call['id'] as string | undefined,
      name: call['function'].name as string,
      args: call['function'].arguments as unknown,
    }));
  return {
    text: messages.map(({ content }) => content ?? '').join(''),
    reasoning: messages.map(({ thinking }) => thinking ?? '').join(''),
    refusal: '',
    calls,
    usage: last && [last['prompt_eval_count'] ?? 0, last['eval_count'] ?? 0],
    finish: calls.length > 0 ? 'tool_call' : (last?.['done_reason'] ?? 'stop'),
    failed: lines.some(({ error }) => error),
  };
}

/** The same for the responses of Google, of which the last one has all counts. */
export function foldGoogle(body: string): Said {
  const responses = eventsOf(body).map(({ data }) => JSON.parse(data) as Json);
  const candidates = responses.flatMap(({ candidates: all }) =>
    ((all ?? []) as Json[]).slice(0, 1),
  );
  const parts = candidates.flatMap(({ content }) => (content?.parts ?? []) as Json[]);
  const texts = (isThought: boolean) =>
    parts
      .filter(({ thought }) => (thought === true) === isThought)
      .map(({ text }) => text ?? '')
      .join('');
  const calls = googleCallsOf(
    parts.flatMap(({ functionCall }) => (functionCall ? [functionCall] : [])),
  );
  const usage = responses
    .map(({ usageMetadata }) => usageMetadata as Json | undefined)
    .findLast((counts) => counts?.['promptTokenCount'] !== undefined);
  const word = candidates.map(({ finishReason }) => finishReason as string).findLast(Boolean);
  const isBlocked = responses.some(({ promptFeedback }) => promptFeedback?.blockReason);
  const neutral: Record<string, string> = { STOP: 'stop', MAX_TOKENS: 'length' };
  return {
    text: texts(false),
    reasoning: texts(true),
    refusal: '',
    calls,
    usage: usage && [
      sumOf(usage, 'promptTokenCount', 'toolUsePromptTokenCount'),
      sumOf(usage, 'candidatesTokenCount', 'thoughtsTokenCount'),
    ],
    finish: calls.length > 0 ? 'tool_call' : (neutral[word ?? ''] ?? 'content_filter'),
    failed: responses.some(({ error }) => error) || (word === undefined && !isBlocked),
  };
}

function sumOf(counts: Json, ...names: readonly string[]): number {
  return names.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
}

/** In the recordings all partial arguments are strings at the top. */
function googleCallsOf(pieces: readonly Json[]): Said['calls'] {
  const calls: { id: string; name: string; args: Record<string, unknown> }[] = [];
  for (const { id = '', name, args = {}, partialArgs = [] } of pieces) {
    if (name) calls.push({ id, name, args });
    const { args: growing } = calls.at(-1)!;
    for (const { jsonPath, stringValue } of partialArgs as Record<string, string>[]) {
      const key = jsonPath!.slice(2);
      growing[key] = `${(growing[key] as string | undefined) ?? ''}${stringValue!}`;
    }
  }
  return calls;
}
