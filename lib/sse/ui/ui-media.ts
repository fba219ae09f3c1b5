import type { ContentBlock } from '../../messages/content.js';
import type { UIMessageChunk } from './ui-message-chunk.js';

const MEDIA: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'file', 'document']);

/** @internal The file in a piece of content, as Anthropic's and LangChain's blocks have it; undefined where there is none. */
export function uiFile(piece: ContentBlock): UIMessageChunk | undefined {
  if (!MEDIA.has(piece.type)) return undefined;
  const source = asObject(piece['source']) ?? piece;
  const { data, url, media_type, mimeType, mime_type } = source;
  const mediaType = media_type ?? mimeType ?? mime_type;
  if (typeof data === 'string' && typeof mediaType === 'string')
    return { type: 'file', url: `data:${mediaType};base64,${data}`, mediaType };
  return isWebUrl(url)
    ? {
        type: 'file',
        url,
        mediaType: typeof mediaType === 'string' ? mediaType : `${piece.type}/*`,
      }
    : undefined;
}

/** A source that a text cites: a web page or a part of a document. `key` identifies it. */
export type UISource = { readonly key: string } & (
  | { readonly type: 'source-url'; readonly url: string; readonly title?: string }
  | { readonly type: 'source-document'; readonly mediaType: string; readonly title: string }
);

/** @internal What a piece of text cites. A link that is none of the web is not passed on: it may be a script. */
export function uiSources(piece: ContentBlock): UISource[] {
  const { citations } = piece;
  if (!Array.isArray(citations)) return [];
  return citations.flatMap((citation: unknown): UISource[] => {
    const { url, source, title, type, document_title, document_index } = asObject(citation) ?? {};
    const link = url ?? source;
    if (isWebUrl(link)) {
      const key = `url ${link}`;
      return [
        { key, type: 'source-url', url: link, ...(typeof title === 'string' ? { title } : {}) },
      ];
    }
    const name = document_title ?? (type === 'search_result_location' ? title : undefined);
    if (typeof name !== 'string') return [];
    const mediaType = type === 'page_location' ? 'application/pdf' : 'text/plain';
    return [
      {
        key: `document ${String(document_index)} ${name}`,
        type: 'source-document',
        mediaType,
        title: name,
      },
    ];
  });
}

function isWebUrl(url: unknown): url is string {
  return typeof url === 'string' && /^https?:\/\//i.test(url);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
