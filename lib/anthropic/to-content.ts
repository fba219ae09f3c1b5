import type { ContentBlock, MessageContent } from '../messages/content.js';

/**
 * @internal Content as the API takes it: its own blocks as they are, and LangChain's and OpenAI's images and files as
 * its images and documents.
 */
export function toContent(content: MessageContent): string | readonly object[] {
  return typeof content === 'string' ? content : content.map(toBlock);
}

function toBlock({ index, ...block }: ContentBlock): object {
  if (block.type === 'image_url') return toImageUrl(block);
  const kind = MEDIA[block.type];
  if (kind === undefined || block['source'] !== undefined) return block;
  const source = sourceOf(block);
  if (source === undefined) return block;
  const { cache_control, title, context } = block;
  return withoutUndefined({ type: kind, source, cache_control, title, context });
}

const MEDIA: Readonly<Record<string, string>> = {
  image: 'image',
  file: 'document',
  document: 'document',
};

function toImageUrl({ image_url, cache_control }: ContentBlock): object {
  const url =
    typeof image_url === 'string' ? image_url : (image_url as { url?: unknown } | undefined)?.url;
  if (typeof url !== 'string') throw new TypeError('an image_url block needs a url');
  return withoutUndefined({ type: 'image', source: sourceOfUrl(url), cache_control });
}

/** LangChain's standard blocks: `data` with `mimeType`, `url`, `fileId` or `text`, in its newer or older spelling. */
function sourceOf(block: ContentBlock): object | undefined {
  const { data, url, text } = block;
  const media_type = block['mimeType'] ?? block['mime_type'];
  const file_id =
    block['fileId'] ??
    block['file_id'] ??
    (block['source_type'] === 'id' ? block['id'] : undefined);
  if (typeof data === 'string') return { type: 'base64', media_type, data };
  if (typeof url === 'string') return sourceOfUrl(url);
  if (typeof file_id === 'string') return { type: 'file', file_id };
  if (typeof text === 'string') return { type: 'text', media_type: 'text/plain', data: text };
  return undefined;
}

function sourceOfUrl(url: string): object {
  const [, media_type, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return data === undefined ? { type: 'url', url } : { type: 'base64', media_type, data };
}

function withoutUndefined(block: object): object {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
}
