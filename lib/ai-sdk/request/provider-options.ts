import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import type { Part } from '../../messages/history/part.js';

/**
 * @internal What a part is sent with for one provider only: what its block says (`providerOptions`), what the AI SDK had
 * attached to it (`providerMetadata`), and signatures that rxlm's own model of the provider has kept.
 */
export function providerOptionsOf(part: Part, provider: string, isOwn: boolean): Json {
  const { providerOptions, providerMetadata, thoughtSignature, cache_control } = part.own;
  const signature = part.type === 'reasoning' && isOwn ? part.signature : undefined;
  const kept = nonEmpty(thoughtSignature);
  const merged = merge(
    ...[providerMetadata, providerOptions].filter(isRecord),
    ...(signature === undefined ? [] : [{ [provider]: { signature } }]),
    ...(kept === undefined ? [] : [{ google: { thoughtSignature: kept } }]),
    ...(isRecord(cache_control) ? [{ anthropic: { cacheControl: cache_control } }] : []),
  );
  return Object.keys(merged).length === 0 ? {} : { providerOptions: merged };
}

function merge(...all: readonly Json[]): Json {
  const merged: Record<string, unknown> = {};
  for (const each of all)
    for (const [name, value] of Object.entries(each))
      merged[name] = { ...Object(merged[name]), ...Object(value) };
  return merged;
}
