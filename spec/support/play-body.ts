import type { AIMessage, ChatModel, ModelError } from 'rxlm';
import type { Said } from './fold-by-hand';
import type { Answer } from './wire-server';

/** A body in pieces of some bytes; a character may lie in two. */
export const inPieces =
  (body: Buffer, size: number, type: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
    response.end();
  };

/** What came of a call: of an error, what had come before it. */
export interface Outcome {
  readonly message: AIMessage | undefined;
  readonly error: ModelError | undefined;
}

export async function outcomeOf(model: ChatModel): Promise<Outcome> {
  try {
    return { message: await model.invoke('Hi'), error: undefined };
  } catch (thrown) {
    const error = thrown as ModelError;
    return { message: error.partial as AIMessage | undefined, error };
  }
}

/** A message as a fold by hand says it. */
export function saidOf({ message, error }: Outcome): Said {
  const blocks =
    message === undefined || typeof message.content === 'string'
      ? []
      : (message.content as readonly Record<string, unknown>[]);
  const join = (type: string, field: string) =>
    blocks
      .filter((block) => block['type'] === type)
      .map((block) => (block[field] as string | undefined) ?? '')
      .join('');
  const usage = message?.usage_metadata;
  return {
    text: message?.text ?? '',
    reasoning: join('thinking', 'thinking'),
    refusal: join('refusal', 'refusal'),
    calls: (message?.tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args })),
    usage: usage && [Number(usage.input_tokens), Number(usage.output_tokens)],
    finish: message?.finish_reason,
    failed: error !== undefined,
  };
}
