import { concat, defer, filter, map, type MonoTypeOperatorFunction } from 'rxjs';
import { hasContent } from '../../messages/internal/has-content.js';

/**
 * @internal With `live`, passes message chunks with an id, because a later attempt supersedes them. From the first other
 * chunk on, everything is held until the attempt has succeeded. Chunks without content pass.
 */
export function holdBack<C>(live: boolean): MonoTypeOperatorFunction<C> {
  return (chunks$) =>
    defer(() => {
      const held: C[] = [];
      return concat(
        chunks$.pipe(
          filter((chunk) => {
            const passes =
              held.length === 0 && ((live && idOf(chunk) !== undefined) || !hasContent(chunk));
            if (!passes) held.push(chunk);
            return passes;
          }),
        ),
        defer(() => held),
      );
    });
}

/**
 * @internal Renames message ids that an earlier attempt has used, so that each attempt has its own. `ids` holds those of
 * all attempts so far.
 */
export function supersede<C>(ids: Set<string>, attempt: number): MonoTypeOperatorFunction<C> {
  return (chunks$) =>
    defer(() => {
      const taken = new Set(ids);
      return chunks$.pipe(
        map((chunk) => {
          const id = idOf(chunk);
          if (id === undefined) return chunk;
          if (!taken.has(id)) {
            ids.add(id);
            return chunk;
          }
          const own = `${id}:${attempt}`;
          ids.add(own);
          return Object.assign(Object.create(Object.getPrototypeOf(chunk) as object), chunk, {
            id: own,
          }) as C;
        }),
      );
    });
}

/** The id of a message chunk. */
function idOf(chunk: unknown): string | undefined {
  if (typeof chunk !== 'object' || chunk === null || !('tool_call_chunks' in chunk)) return;
  return (chunk as { readonly id?: string }).id;
}
