import { describeValue } from '../../core/internal/describe-value.js';
import type { ContentBlock, MessageContent } from '../../messages/content.js';
import { CALL_BLOCKS, REASONING_BLOCKS } from '../../messages/history/block-types.js';
import type { ClientMessagesRules } from './client-messages-policy.js';
import { isPublicHttpsUrl } from './is-public-https-url.js';
import { checkedAt, ownCode } from './server-fault.js';

/** @internal Checked content: made anew of the fields that were checked, so that no other field goes along. */
export function clientContent(content: MessageContent, rules: ClientMessagesRules): MessageContent {
  if (typeof content === 'string') return content;
  return content.map((block, at) => checkedAt(`content[${at}]`, () => clientBlock(block, rules)));
}

/** The same for what the model has said: its text, and reasoning as the policy says. `calls`: ids of calls known besides. */
export function assistantContent(
  content: MessageContent,
  rules: ClientMessagesRules,
  calls: ReadonlySet<unknown>,
): MessageContent {
  if (typeof content === 'string') return content;
  return content.flatMap((block, at): ContentBlock[] => {
    const { type, text, id } = block;
    // Citations refer to documents of a request that is gone.
    if (type === 'text' && typeof text === 'string') return [{ type, text }];
    // As content and once more as a call: the call is what counts.
    if (CALL_BLOCKS.has(type) && calls.has(id)) return [];
    if (!REASONING_BLOCKS.has(type))
      throw new TypeError(`content[${at}]: ${refused(type)} in an assistant message`);
    const { reasoning } = rules;
    if (reasoning === 'drop') return [];
    if (reasoning === true) return [block];
    if (typeof reasoning === 'function' && ownCode(() => reasoning(block))) return [block];
    throw new TypeError(`content[${at}]: reasoning from a client is not accepted`);
  });
}

const MEDIA: ReadonlySet<unknown> = new Set([
  'image',
  'image_url',
  'file',
  'document',
  'audio',
  'video',
]);

function clientBlock(block: ContentBlock, rules: ClientMessagesRules): ContentBlock {
  const { type, text } = block;
  if (type === 'text' && typeof text === 'string') {
    onlyFields(block, ['type', 'text', 'index', 'id']);
    return { type, text };
  }
  if (!MEDIA.has(type)) throw new TypeError(refused(type));
  return mediaBlock(block, rules);
}

/** Checks a file in the forms of Anthropic, OpenAI and LangChain. */
function mediaBlock(block: ContentBlock, { files, mediaTypes }: ClientMessagesRules): ContentBlock {
  const { type } = block;
  if (files === false) throw new TypeError('files from a client are not accepted');
  onlyFields(block, FIELDS);
  const outer = block['image_url'] ?? block['source'] ?? block;
  const source = (typeof outer === 'string' ? { url: outer } : Object(outer)) as Source;
  if (source !== block) onlyFields(source, FIELDS);
  const { url, data, title, filename } = { ...block, ...source } as Source;
  const kind = type === 'image' || type === 'image_url' ? 'image' : type;
  const name = title ?? filename;
  const titled = typeof name === 'string' ? { title: name } : {};
  const [, mime, inline] =
    typeof url === 'string' && url.startsWith('data:') ? (DATA_URL.exec(url) ?? []) : [];
  const mimeType = mime ?? source.media_type ?? source.mimeType ?? source.mime_type;
  const bytes = inline ?? data;
  if (typeof bytes === 'string') {
    if (typeof mimeType !== 'string' || !mediaTypes.includes(mimeType.toLowerCase()))
      throw new TypeError(
        `files of type ${describeValue(mimeType)} are not accepted from a client`,
      );
    if (!BASE64.test(bytes)) throw new TypeError('the data of a file must be base64');
    return { type: kind, data: bytes, mimeType, ...titled };
  }
  if (typeof url !== 'string') throw new TypeError('a file from a client must bring its data');
  if (files !== 'https') throw new TypeError('URLs of files are not accepted from a client');
  if (!isPublicHttpsUrl(url))
    throw new TypeError('the URL of a file must be https: with a public host name');
  if (kind !== 'image' && (typeof mimeType !== 'string' || !mediaTypes.includes(mimeType)))
    throw new TypeError(`files of type ${describeValue(mimeType)} are not accepted from a client`);
  return { type: kind, url, ...(typeof mimeType === 'string' ? { mimeType } : {}), ...titled };
}

interface Source {
  readonly [field: string]: unknown;
  readonly url?: unknown;
  readonly data?: unknown;
  readonly media_type?: unknown;
  readonly mimeType?: unknown;
  readonly mime_type?: unknown;
  readonly title?: unknown;
  readonly filename?: unknown;
}

const FIELDS = [
  ...['type', 'index', 'id', 'source', 'source_type', 'image_url', 'url', 'data', 'detail'],
  ...['media_type', 'mimeType', 'mime_type', 'title', 'filename'],
];
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+);base64,(.*)$/s;
const BASE64 = /^[\w+/-]+={0,2}$/;

/** An unknown field would be interpreted by the provider: cache points cost money, file ids may belong to another user. */
function onlyFields(block: object, known: readonly string[]): void {
  const other = Object.keys(block).find((key) => !known.includes(key));
  if (other !== undefined)
    throw new TypeError(`the field ${describeValue(other)} is not accepted from a client`);
}

function refused(type: unknown): string {
  return `blocks of type ${describeValue(type)} are not accepted from a client`;
}
