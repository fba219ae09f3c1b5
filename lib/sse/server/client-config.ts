import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import { badRequest } from './bad-request.js';

/** A key of a client's config that a server may accept. `runId` becomes the metadata `client_run_id`. */
export type ClientConfigKey = 'tags' | 'metadata' | 'runName' | 'runId';

/** @internal */
export const CLIENT_CONFIG_KEYS: readonly unknown[] = ['tags', 'metadata', 'runName', 'runId'];

const MOST_TAGS = 16;
/** Bytes of JSON of all that is taken. */
const MOST_BYTES = 2048;

/**
 * @internal The keys of a client's config that the server accepts. Every event repeats them, so they must be small: one-line
 * texts of at most 256 characters, 16 tags, and 2 KiB together. Throws a refusal for larger values or other types.
 */
export function clientConfig(given: unknown, accept: readonly ClientConfigKey[]): RunConfig {
  if (accept.length === 0 || given === undefined || given === null) return {};
  if (typeof given !== 'object') throw badRequest('config must be an object');
  const { tags, metadata, runName, runId } = given as Readonly<Record<ClientConfigKey, unknown>>;
  const has = (key: ClientConfigKey, value: unknown) => accept.includes(key) && value !== undefined;
  const ownMetadata = {
    ...(has('metadata', metadata) ? checkMetadata(metadata) : {}),
    ...(has('runId', runId) ? { client_run_id: checkLine('runId', runId) } : {}),
  };
  const config = {
    ...(has('tags', tags) ? { tags: checkTags(tags) } : {}),
    ...(has('runName', runName) ? { runName: checkLine('runName', runName) } : {}),
    ...(Object.keys(ownMetadata).length > 0 ? { metadata: ownMetadata } : {}),
  };
  if (new TextEncoder().encode(JSON.stringify(config)).length > MOST_BYTES)
    throw badRequest(`config must be at most ${MOST_BYTES} bytes of JSON`);
  return config;
}

/** @internal The client's config under the server's, which comes first key by key. The run's id is the server's. */
export function underConfig(client: RunConfig, server: RunConfig): RunConfig {
  const tags = [...new Set([...(server.tags ?? []), ...(client.tags ?? [])])];
  const metadata = { ...client.metadata, ...server.metadata };
  const runName = server.runName ?? client.runName;
  return {
    ...server,
    ...(tags.length > 0 ? { tags } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(runName === undefined ? {} : { runName }),
  };
}

function checkTags(tags: unknown): string[] {
  if (!Array.isArray(tags) || tags.length > MOST_TAGS)
    throw badRequest(`config.tags must be at most ${MOST_TAGS} texts, got ${describeValue(tags)}`);
  return tags.map((tag) => checkLine('tags', tag));
}

/** Values that need no nesting, under names that are not those that rxlm and LangChain give themselves. */
function checkMetadata(metadata: unknown): Record<string, unknown> {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw badRequest(`config.metadata must be an object, got ${describeValue(metadata)}`);
  for (const [key, value] of Object.entries(metadata)) {
    if (!/^\w[\w.-]{0,63}$/.test(key) || /^(ls|lc|rxlm|langgraph|_)_/.test(key))
      throw badRequest(`config.metadata must not have the key ${describeValue(key)}`);
    if (!['number', 'boolean'].includes(typeof value)) checkLine(`metadata.${key}`, value);
  }
  return { ...(metadata as Record<string, unknown>) };
}

function checkLine(name: string, value: unknown): string {
  if (typeof value === 'string' && /^\P{Cc}{1,256}$/u.test(value)) return value;
  throw badRequest(
    `config.${name} must be one line of at most 256 characters, got ${describeValue(value)}`,
  );
}
