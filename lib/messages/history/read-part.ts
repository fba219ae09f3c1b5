import { describeValue } from '../../core/internal/describe-value.js';
import type { ContentBlock, MessageContent } from '../content.js';
import { bytesToBase64 } from './bytes.js';
import { asFields, firstString } from './fields.js';
import type { Fields, Part, ResultPart } from './part.js';
import { MEDIA_KINDS, readMedia } from './read-media.js';
import { readToolOutput } from './read-tool-output.js';
import { refusal } from './refusal.js';
import { wellFormed, wellFormedInput } from './well-formed.js';

/** @internal What a block is read with. */
export interface Reader {
  /** Whose `providerOptions` count: `anthropic`. */
  readonly provider: string;
  /** The input of a call, which a message may have elsewhere than in the call's block. */
  readonly inputOf: (block: Fields) => Fields;
}

/** @internal Content as parts, of any library; what only that library reads is left out. */
export function readParts(content: MessageContent, at: string, reader: Reader): Part[] {
  if (typeof content === 'string')
    return [{ type: 'text', text: wellFormed(content), own: {}, at }];
  return content.flatMap((block, index) => readPart(block, `${at}.content[${index}]`, reader));
}

function readPart(block: ContentBlock, at: string, reader: Reader): Part[] {
  const own = withOptions(block, reader.provider);
  // Blocks of Bedrock and Gemini have no type.
  const type = (block.type as unknown) ?? ('text' in block ? 'text' : undefined);
  if (typeof type !== 'string')
    throw refusal(
      at,
      `a block has no type, got ${describeValue(type)}`,
      'Give it one, or leave it out',
    );
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return [{ type: 'text', text: wellFormed(firstString(own['text']) ?? ''), own, at }];
    case 'refusal':
      return [{ type: 'text', text: firstString(own['refusal'], own['text']) ?? '', own, at }];
    case 'thinking':
    case 'reasoning':
      return readReasoning(own, at);
    case 'tool_use':
    case 'tool_call':
    case 'tool-call':
      return [readCall(own, at, reader)];
    case 'tool_result':
    case 'tool-result':
      return [readResult(own, at, reader)];
    case 'resource_link':
      return [{ type: 'text', text: linkOf(own), own: {}, at }];
    case 'non_standard': {
      const value = asFields(own['value']);
      if (typeof value?.['type'] !== 'string') return [];
      return readPart(value as ContentBlock, at, reader).map((part) =>
        part.type === 'other' ? { ...part, asIs: true } : part,
      );
    }
    default:
      if (LEFT_OUT.has(type)) return [];
  }
  // Content within a document is of Anthropic's blocks, and another provider has none like it.
  if (MEDIA_KINDS.has(type) && asFields(own['source'])?.['type'] !== 'content')
    return [readMedia(type, own, at, reader.provider)];
  const input = type.endsWith('_tool_use')
    ? { input: wellFormedInput(reader.inputOf(own), at) }
    : {};
  return [
    { type: 'other', blockType: type, own: { ...withPlainData(own), ...input }, asIs: false, at },
  ];
}

/** Pieces of calls that stand whole elsewhere, and what only the library that wrote it can read. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'input_json_delta',
  'tool_call_chunk',
  'invalid_tool_call',
  // What a provider ran itself, without what it signed: it takes back only its own form.
  'server_tool_call',
  'server_tool_call_chunk',
  'server_tool_call_result',
  'server_tool_result',
  'tool-approval-request',
  'tool-approval-response',
  'step-start',
]);

function readReasoning(own: Fields, at: string): Part[] {
  const { redactedData } = own;
  if (typeof redactedData === 'string') {
    const block = { type: 'redacted_thinking', data: redactedData };
    return [{ type: 'other', blockType: block.type, own: block, asIs: false, at }];
  }
  return [
    {
      type: 'reasoning',
      text: firstString(own['thinking'], own['reasoning'], own['text']) ?? '',
      signature: firstString(own['signature']) || undefined,
      own,
      at,
    },
  ];
}

function readCall(own: Fields, at: string, reader: Reader): Part {
  return {
    type: 'call',
    id: firstString(own['id'], own['toolCallId']) ?? '',
    name: firstString(own['name'], own['toolName']) ?? '',
    input: wellFormedInput(reader.inputOf(own), at),
    own,
    at,
  };
}

function readResult(own: Fields, at: string, reader: Reader): ResultPart {
  const { content, isError } = readToolOutput(own['output'] ?? own['content']);
  return {
    type: 'result',
    callId: firstString(own['tool_use_id'], own['toolCallId'], own['tool_call_id']) ?? '',
    content: readParts(content, at, reader),
    plain: typeof content === 'string',
    isError: isError || own['is_error'] === true,
    own,
    at,
  };
}

function linkOf(own: Fields): string {
  const { title, name, uri, description } = own;
  const text = [title ?? name, uri, description].filter((each) => typeof each === 'string');
  return text.join(': ');
}

/**
 * The fields of a block, with those that LangChain has in its `metadata` and the AI SDK in `providerOptions`, each under
 * the API's name; the block's own count first.
 */
function withOptions(block: ContentBlock, provider: string): Fields {
  const metadata = asFields(block['metadata']);
  const options =
    asFields(asFields(block['providerOptions'])?.[provider]) ??
    asFields(asFields(block['providerMetadata'])?.[provider]);
  if (metadata === undefined && options === undefined) return block;
  const { cacheControl, ...others } = options ?? {};
  return {
    ...(metadata === undefined ? {} : pickFrom(metadata)),
    ...others,
    ...(cacheControl === undefined ? {} : { cache_control: cacheControl }),
    ...block,
  };
}

const FROM_METADATA = ['cache_control', 'citations', 'title', 'context', 'filename', 'name'];

function pickFrom(metadata: Fields): Fields {
  return Object.fromEntries(
    FROM_METADATA.filter((name) => metadata[name] != null).map((name) => [name, metadata[name]]),
  );
}

/** Bytes in a block that is not read here would be sent as a list of numbers. */
function withPlainData(own: Fields): Fields {
  const base64 = ArrayBuffer.isView(own['data']) ? bytesToBase64(own['data']) : undefined;
  return base64 === undefined ? own : { ...own, data: base64 };
}

/** @internal What a part is called in an error. */
export function describePart(part: Part): string {
  return describeValue(part.own['type'] ?? part.type);
}
