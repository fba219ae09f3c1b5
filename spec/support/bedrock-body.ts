import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { WireAnswer } from 'rxlm/testing';
import type { Answer } from './wire-server';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Events of Bedrock's `converse-stream`, in AWS's binary frames. */
export function bedrockEvents(
  ...events: readonly (readonly [type: string, body: object])[]
): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (const [type, body] of events)
      response.write(
        codec.encode({
          headers: {
            ':event-type': { type: 'string', value: type },
            ':content-type': { type: 'string', value: 'application/json' },
            ':message-type': { type: 'string', value: 'event' },
          },
          body: fromUtf8(JSON.stringify(body)),
        }),
      );
    response.end();
  };
}

/** An answer as Bedrock streams it, its reasoning signed. */
export function bedrockAnswer({ reasoning = [], text = [], calls = [] }: WireAnswer): Answer {
  const delta = (contentBlockIndex: number, fields: object) =>
    ['contentBlockDelta', { contentBlockIndex, delta: fields }] as const;
  const stop = (contentBlockIndex: number) => ['contentBlockStop', { contentBlockIndex }] as const;
  const thought = (fields: object) => delta(0, { reasoningContent: fields });
  return bedrockEvents(
    ['messageStart', { role: 'assistant' }],
    ...(reasoning.length === 0
      ? []
      : [
          ...reasoning.map((piece) => thought({ text: piece })),
          thought({ signature: 'S' }),
          stop(0),
        ]),
    ...text.map((piece) => delta(1, { text: piece })),
    stop(1),
    ...calls.flatMap(({ id, name, args }, at) => [
      [
        'contentBlockStart',
        { contentBlockIndex: 2 + at, start: { toolUse: { toolUseId: id, name } } },
      ] as const,
      ...args.map((input) => delta(2 + at, { toolUse: { input } })),
      stop(2 + at),
    ]),
    ['messageStop', { stopReason: calls.length > 0 ? 'tool_use' : 'end_turn' }],
    ['metadata', { usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 } }],
  );
}
