import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import { setOwn } from '../../messages/internal/set-own.js';

/** Fields of a chunk that describe the message; the last value counts. */
const METADATA: readonly string[] = [
  'system_fingerprint',
  'service_tier',
  'provider',
  'citations',
  'search_results',
  'x_groq',
  'timings',
  'moderation',
  'prompt_filter_results',
];

/** @internal Whether a chunk without choices says anything of a message. */
export function saysOfMessage(chunk: Json): boolean {
  return ['usage', 'model', ...METADATA].some((key) => Object.hasOwn(chunk, key));
}

/** @internal Adds what a chunk says of its message. Returns the chunk's usage, if it has one. */
export function collectMetadata(metadata: Record<string, unknown>, chunk: Json): Json | undefined {
  for (const key of METADATA)
    if (chunk[key] !== undefined && chunk[key] !== null) setOwn(metadata, key, chunk[key]);
  // Azure's first chunk has an empty id and model.
  metadata['id'] ??= nonEmpty(chunk['id']);
  metadata['model'] ??= nonEmpty(chunk['model']);
  const { usage, x_groq: groq } = chunk;
  return [usage, isRecord(groq) ? groq['usage'] : undefined].find(isUsage);
}

/** @internal Whether a value reports usage: some servers end with an empty object. */
export function isUsage(value: unknown): value is Json {
  return isRecord(value) && Object.keys(value).length > 0;
}
