import type { AiSdkLanguageModel } from 'rxlm/ai-sdk';
import type { WireAnswer } from 'rxlm/testing';

export type Version = AiSdkLanguageModel['specificationVersion'];

/** How a stream of parts ends. */
export type PartsEnding = 'complete' | 'error' | 'open' | 'cut';

const WORDS: Readonly<Record<string, string>> = {
  content_filter: 'content-filter',
  tool_call: 'tool-calls',
};

/** The parts of an answer, as a model of a version writes them. */
export function partsOf(answer: WireAnswer, version: Version = 'v3'): readonly object[] {
  const { reasoning = [], text = [], calls = [], usage = { input: 21, output: 73 } } = answer;
  const finish = answer.finish ?? (calls.length > 0 ? 'tool_call' : 'stop');
  const unified = WORDS[finish] ?? finish;
  const block = (type: string, pieces: readonly string[]) =>
    pieces.length === 0
      ? []
      : [
          { type: `${type}-start`, id: '0' },
          ...pieces.map((delta) => ({ type: `${type}-delta`, id: '0', delta })),
          { type: `${type}-end`, id: '0' },
        ];
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'a-response', modelId: 'a-model' },
    ...block('reasoning', reasoning),
    ...block('text', text),
    ...calls.flatMap(({ id, name, args }) => [
      { type: 'tool-input-start', id, toolName: name },
      ...args.map((delta) => ({ type: 'tool-input-delta', id, delta })),
      { type: 'tool-input-end', id },
      { type: 'tool-call', toolCallId: id, toolName: name, input: args.join('') },
    ]),
    {
      type: 'finish',
      finishReason: version === 'v2' ? unified : { unified, raw: `raw_${unified}` },
      usage:
        version === 'v2'
          ? { inputTokens: usage.input, outputTokens: usage.output, totalTokens: undefined }
          : { inputTokens: { total: usage.input }, outputTokens: { total: usage.output } },
    },
  ];
}

/** What a model was asked, and what became of its stream. */
export interface SdkCall {
  readonly options: Record<string, never> & { readonly abortSignal: AbortSignal };
  pulled: number;
  cancelled: boolean;
}

export interface ScriptedSdkModel extends AiSdkLanguageModel {
  readonly calls: readonly SdkCall[];
}

/** A model that plays parts to each call in turn, one for each pull; a function of the call may throw instead. */
export function sdkModel(
  scripts: readonly (readonly unknown[] | (() => Promise<readonly unknown[]>))[],
  {
    version = 'v3',
    provider = 'acme.chat',
    open = false,
  }: { version?: Version; provider?: string; open?: boolean } = {},
): ScriptedSdkModel {
  const calls: SdkCall[] = [];
  return {
    specificationVersion: version,
    provider,
    modelId: 'm',
    calls,
    async doStream(options) {
      const call: SdkCall = { options, pulled: 0, cancelled: false };
      const script = scripts[Math.min(calls.length, scripts.length - 1)] ?? [];
      calls.push(call);
      const parts = typeof script === 'function' ? await script() : script;
      const stream = new ReadableStream<unknown>(
        {
          pull(controller) {
            if (call.pulled < parts.length) {
              const part = parts[call.pulled];
              call.pulled += 1;
              if (part instanceof Error) controller.error(part);
              else controller.enqueue(part);
            } else if (!open) controller.close();
            // An open stream has nothing to say, and is not asked again.
          },
          cancel() {
            call.cancelled = true;
          },
        },
        { highWaterMark: 0 },
      );
      return { stream };
    },
  };
}
