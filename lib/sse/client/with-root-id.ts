import { defer, map, type MonoTypeOperatorFunction } from 'rxjs';
import { isRunEvent } from './relayed-runs.js';

/**
 * @internal Gives the root run among a server's events the id that the caller has chosen, and its message the id that belongs
 * to it: servers choose ids of their own.
 */
export function withRootId(runId: string): MonoTypeOperatorFunction<unknown> {
  return (events$) =>
    defer(() => {
      let root: string | undefined;
      const idOf = (id: string) => (id === root ? runId : id);
      const renamed = (value: unknown): unknown => {
        const { id } = Object(value) as { readonly id?: unknown };
        // It was just parsed from JSON, so there is no other reference to it.
        if (root !== undefined && id === `run-${root}`)
          Object.assign(value as object, { id: `run-${runId}` });
        return value;
      };
      return events$.pipe(
        map((event) => {
          if (!isRunEvent(event)) return event;
          if (event.parent_ids.length === 0) root ??= event.run_id;
          const { chunk, output } = Object(event.data) as Readonly<Record<string, unknown>>;
          renamed(chunk);
          renamed(output);
          return {
            ...event,
            run_id: idOf(event.run_id),
            parent_ids: event.parent_ids.map(idOf),
          };
        }),
      );
    });
}
