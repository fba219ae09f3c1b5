import type { Accumulator } from '../../core/fold-chunks.js';
import type { JsonPatchOperation } from '../../json/json-patch.js';
import { ParseError } from '../../errors/parse-error.js';
import { isIndex, memberAt } from '../../json/internal/json-path.js';
import { setOwn } from '../../messages/internal/set-own.js';

/**
 * @internal A JSON value that patches of `diffJson` are applied to, one after the other. The patches stay as they are.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6902 | RFC 6902}
 */
export class PatchedValue implements Accumulator<readonly JsonPatchOperation[], unknown> {
  whole: unknown;

  add(patch: readonly JsonPatchOperation[]): void {
    for (const operation of patch) {
      const keys = operation.path.split('/').slice(1).map(unescapeKey);
      const key = keys.pop();
      if (key === undefined) this.whole = valueOf(operation);
      else change(keys.reduce(member, this.whole), key, operation);
    }
  }
}

function change(container: unknown, key: string, operation: JsonPatchOperation): void {
  if (
    Array.isArray(container) ? !isIndex(key) : typeof container !== 'object' || container === null
  )
    throw nowhere();
  if (!Array.isArray(container)) {
    if (operation.op === 'remove') Reflect.deleteProperty(container as object, key);
    else setOwn(container as object, key, valueOf(operation));
  } else if (operation.op === 'remove') container.splice(Number(key), 1);
  else container.splice(Number(key), operation.op === 'add' ? 0 : 1, valueOf(operation));
}

function valueOf(operation: JsonPatchOperation): unknown {
  return operation.op === 'remove' ? undefined : copy(operation.value);
}

/** It is changed by the patches to come. Not `structuredClone`, which jsdom does not have. */
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

function member(container: unknown, key: string): unknown {
  // Own members only: a patch that a server sent must not reach a prototype.
  const value = memberAt(container, key);
  if (typeof value === 'object' && value !== null) return value;
  throw nowhere();
}

function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function nowhere(): ParseError {
  const message = 'a patch names a place that is not in the value: were patches lost or reordered?';
  return new ParseError(message, { code: 'schema_mismatch', text: '' });
}
