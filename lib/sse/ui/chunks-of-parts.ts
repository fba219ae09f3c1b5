import { isRecord } from '../../core/internal/is-record.js';
import type { UIMessageChunk } from './ui-message-chunk.js';

/** @internal The parts that a message has before a run goes on with it. As a value of that run it stands before all others. */
export interface UIPartsBefore {
  readonly type: typeof PARTS_BEFORE;
  readonly parts: readonly unknown[];
}

const PARTS_BEFORE = 'ui_parts_before';

/** @internal */
export function partsBefore(parts: readonly unknown[]): UIPartsBefore {
  return { type: PARTS_BEFORE, parts };
}

/** @internal */
export function isPartsBefore(value: unknown): value is UIPartsBefore {
  const { type, parts } = Object(value) as Partial<UIPartsBefore>;
  return type === PARTS_BEFORE && Array.isArray(parts);
}

type Part = Readonly<Record<string, unknown>>;
type Chunks = Iterable<UIMessageChunk>;

/**
 * @internal The chunks by which a page that has nothing of a message builds its parts again. An answered call comes without
 * `tool-input-available`, on which a page runs the tool.
 */
export function* chunksOfParts(parts: readonly unknown[]): Chunks {
  let isInStep = false;
  for (const [at, part] of parts.entries()) {
    if (!isRecord(part) || typeof part['type'] !== 'string') continue;
    const { type } = part;
    if (type === 'step-start') {
      if (isInStep) yield { type: 'finish-step' };
      isInStep = true;
      yield { type: 'start-step' };
    } else if (type === 'text' || type === 'reasoning') yield* chunksOfText(type, part, at);
    else if (type === 'dynamic-tool' || type.startsWith('tool-')) yield* chunksOfCall(type, part);
    else if (AS_THEY_ARE.test(type)) yield part as UIMessageChunk;
  }
  if (isInStep) yield { type: 'finish-step' };
}

const AS_THEY_ARE = /^(file|source-url|source-document|data-.+)$/;

function* chunksOfText(type: 'text' | 'reasoning', part: Part, at: number): Chunks {
  const id = `before-${String(at)}`;
  yield { type: `${type}-start`, id };
  yield { type: `${type}-delta`, id, delta: typeof part['text'] === 'string' ? part['text'] : '' };
  yield { type: `${type}-end`, id, ...only(part, 'providerMetadata') };
}

function* chunksOfCall(type: string, part: Part): Chunks {
  const { state, input, approval } = part;
  const isDynamic = type === 'dynamic-tool';
  const call = {
    ...only(part, 'toolCallId', 'providerExecuted', 'title'),
    toolName: isDynamic ? part['toolName'] : type.slice('tool-'.length),
    ...(isDynamic ? { dynamic: true } : {}),
    ...(part['callProviderMetadata'] === undefined
      ? {}
      : { providerMetadata: part['callProviderMetadata'] }),
  };
  const { toolCallId } = part;
  const chunk = (fields: object) => fields as UIMessageChunk;
  if (state === 'input-available') {
    yield chunk({ type: 'tool-input-available', ...call, input });
    return;
  }
  yield chunk({ type: 'tool-input-start', ...call });
  const inputTextDelta = JSON.stringify(input ?? {});
  yield chunk({ type: 'tool-input-delta', toolCallId, inputTextDelta });
  if (isRecord(approval))
    yield chunk({
      type: 'tool-approval-request',
      toolCallId,
      approvalId: approval['id'],
      ...only(approval, 'signature'),
    });
  if (state === 'output-available')
    yield chunk({
      ...{ type: 'tool-output-available', toolCallId },
      ...only(part, 'output', 'providerExecuted', 'preliminary'),
      ...(part['resultProviderMetadata'] === undefined
        ? {}
        : { providerMetadata: part['resultProviderMetadata'] }),
    });
  else if (state === 'output-error')
    yield chunk({
      type: 'tool-output-error',
      toolCallId,
      ...only(part, 'errorText', 'providerExecuted'),
    });
  else if (state === 'output-denied') yield chunk({ type: 'tool-output-denied', toolCallId });
}

function only(part: Part, ...names: readonly string[]): Part {
  return Object.fromEntries(
    names.filter((name) => part[name] !== undefined).map((name) => [name, part[name]]),
  );
}
