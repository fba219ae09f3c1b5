import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';

/**
 * @internal The citations that `groundingMetadata` comes to: one for each source of each supported piece of text. Pages
 * that no piece of text is bound to are cited as well.
 */
export function groundingCitations(grounding: Json): readonly Json[] {
  const sources = arrayOf(grounding['groundingChunks']).map(sourceIn);
  const supports = arrayOf(grounding['groundingSupports']).filter(isRecord);
  const bound = supports.flatMap(({ segment, groundingChunkIndices }) =>
    arrayOf(groundingChunkIndices).flatMap((index) => {
      const source = sources[index as number];
      return source === undefined ? [] : [{ ...source, ...spanOf(segment) }];
    }),
  );
  const used = new Set(
    supports.flatMap(({ groundingChunkIndices }) => arrayOf(groundingChunkIndices)),
  );
  const others = sources.flatMap((source, index) =>
    source === undefined || used.has(index) ? [] : [source],
  );
  return [...bound, ...others];
}

/** @internal What `citationMetadata` says, in the same form. */
export function quotedSources(citations: readonly unknown[]): readonly Json[] {
  return citations.filter(isRecord).map((citation) => {
    const { uri, title, startIndex, endIndex, ...others } = citation;
    const url = nonEmpty(uri);
    const name = nonEmpty(title);
    return {
      type: 'citation',
      ...(url === undefined ? {} : { url }),
      ...(name === undefined ? {} : { title: name }),
      ...(startIndex === undefined ? {} : { start_index: startIndex }),
      ...(endIndex === undefined ? {} : { end_index: endIndex }),
      ...others,
    };
  });
}

/** A page of the web, a place on a map, or a document. */
function sourceIn(chunk: unknown): Json | undefined {
  if (!isRecord(chunk)) return undefined;
  const { web, retrievedContext, maps, image } = chunk;
  const source = [web, retrievedContext, maps, image].find(isRecord);
  if (source === undefined) return undefined;
  const url = nonEmpty(source['uri']) ?? nonEmpty(source['sourceUri']);
  const title = nonEmpty(source['title']);
  return {
    type: 'citation',
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
  };
}

/** Google counts in bytes of UTF-8. */
function spanOf(segment: unknown): Json {
  if (!isRecord(segment)) return {};
  const { text, startIndex, endIndex } = segment;
  return {
    ...(typeof text === 'string' ? { cited_text: text } : {}),
    ...(typeof endIndex === 'number' ? { start_byte: startIndex ?? 0, end_byte: endIndex } : {}),
  };
}
