import { AIMessage } from '../ai-message.js';
import { AIMessageChunk, type AIMessageChunkFields } from '../ai-message-chunk.js';
import { HumanMessage } from '../human-message.js';
import { SystemMessage } from '../system-message.js';
import { ToolMessage, type ToolMessageFields } from '../tool-message.js';
import { setOwn } from './set-own.js';

/** Nobody nests messages deeper. */
const MAX_DEPTH = 20;

/**
 * @internal What JSON has made of messages as messages again, wherever they stand in a value: chunks as chunks. All else
 * stays as it is, the value is changed in place. `check` may throw for the fields of a message that comes from elsewhere.
 */
export function reviveMessages(
  value: unknown,
  check: (json: object) => void = () => undefined,
  depth = 0,
): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (isMessageJson(value)) return messageOf(value, check);
  for (const [key, inner] of Object.entries(value)) {
    const revived = reviveMessages(inner, check, depth + 1);
    if (revived !== inner) setOwn(value, key, revived);
  }
  return value;
}

const KINDS: ReadonlySet<unknown> = new Set(['ai', 'human', 'system', 'tool']);

interface MessageJson extends AIMessageChunkFields {
  readonly type: string;
}

function isMessageJson(value: object): value is MessageJson {
  return (
    'type' in value &&
    'content' in value &&
    'additional_kwargs' in value &&
    'response_metadata' in value
  );
}

function messageOf(json: MessageJson, check: (json: object) => void): unknown {
  if (KINDS.has(json.type)) check(json);
  switch (json.type) {
    case 'ai':
      return 'tool_call_chunks' in json ? new AIMessageChunk(json) : new AIMessage(json);
    case 'human':
      return new HumanMessage(json);
    case 'system':
      return new SystemMessage(json);
    case 'tool':
      return new ToolMessage(json as unknown as ToolMessageFields);
    default:
      return json;
  }
}
