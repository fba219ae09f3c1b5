import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { Subject } from 'rxjs';
import { durableRuns, newRunId, RxlmError } from 'rxlm';
import type { CuttingProxy } from '../support/cutting-proxy';
import { RedisBench, until } from '../support/redis-runs';

jest.setTimeout(300_000);
const bench = new RedisBench();
afterAll(() => bench.close());

const link = fc.constantFrom('producer' as const, 'viewers' as const);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('emit' as const), count: fc.nat(6) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('join', 'join behind', 'leave') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), link, ms: fc.nat(120) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut before reply' as const), link }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('end', 'fail', 'cancel') }) },
);
const schedule = fc.array(fc.tuple(fc.nat(40), step), { minLength: 3, maxLength: 20 });

interface Seen {
  /** The number of the value behind which it has joined. */
  readonly from: number;
  readonly seqs: number[];
  readonly values: unknown[];
  last: string | undefined;
  ending: string | undefined;
}

/** What viewers see of a run, over links of their own. */
async function open() {
  const { url, port } = await bench.server();
  const links = { producer: await bench.proxy(port), viewers: await bench.proxy(port) };
  const stores = {
    producer: await bench.store(links.producer.url),
    viewers: [await bench.store(links.viewers.url), await bench.store(links.viewers.url)],
  };
  const producer = bench.runs({ store: stores.producer, snapshots: false });
  return {
    links: links satisfies Record<string, CuttingProxy>,
    producer,
    places: stores.viewers.map((store) => durableRuns({ store })),
    log: bench.admin(url),
  };
}

describe('[39] random histories of durable runs in Redis', () => {
  it('give every viewer that reaches the ending all that was stored, once, in order', async () => {
    const { links, producer, places, log } = await open();
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        const id = newRunId();
        const source = new Subject<number>();
        await producer.start(id, () => source);
        const all: Seen[] = [];
        const viewers: { unsubscribe(): void }[] = [];
        let emitted = 0;
        const join = (after: string | undefined): void => {
          const from = after === undefined ? 0 : Number(after.split('.')[1]);
          const seen: Seen = { from, seqs: [], values: [], last: after, ending: undefined };
          const viewer = places[all.length % places.length]!.join$(id, { after }).subscribe({
            next: ({ id: at, value }) => {
              seen.seqs.push(Number(at.split('.')[1]));
              seen.values.push(value);
              seen.last = at;
            },
            error: (error: unknown) => {
              seen.ending = RxlmError.is(error) ? error.code : String(error);
            },
            complete: () => {
              seen.ending = 'end';
            },
          });
          all.push(seen);
          viewers.push(viewer);
        };
        join(undefined);
        for (const [ms, now] of steps) {
          await wait(ms);
          switch (now.do) {
            case 'emit':
              for (let n = 0; n < now.count && source.observed; n += 1) source.next((emitted += 1));
              break;
            case 'join':
              join(undefined);
              break;
            case 'join behind':
              join(all.at(-1)?.last);
              break;
            case 'leave':
              viewers.at(-1)?.unsubscribe();
              break;
            case 'cut':
              links[now.link].cut(now.ms);
              break;
            case 'cut before reply':
              links[now.link].cutBeforeReply();
              break;
            case 'end':
              source.complete();
              break;
            case 'fail':
              source.error(new Error('no more'));
              break;
            case 'cancel':
              await producer.cancel(id);
              break;
          }
        }
        source.complete();
        join(undefined);
        const last = all.at(-1)!;
        await until(() => last.ending !== undefined, 'the last viewer reaches the ending');
        // Whoever has not left learns of it as well.
        await until(
          () => all.every(({ ending }, at) => ending !== undefined || isClosed(viewers[at])),
          'every viewer that has not left reaches the ending',
        );
        const stored = (await log.xrange(`rxlm:run:{${id}}:log`, '-', '+')).map(
          ([, fields]) => JSON.parse(fields[1]!) as number,
        );
        expect(stored).toEqual(Array.from(stored, (_, at) => at + 1));
        if (last.ending === 'end') expect(stored).toHaveLength(emitted);
        for (const { from, seqs, values, ending } of all) {
          expect(values).toEqual(stored.slice(from, from + values.length));
          expect(seqs).toEqual(values.map((_, at) => from + at + 1));
          if (ending === undefined) continue;
          expect(ending).toBe(last.ending);
          expect(from + values.length).toBe(stored.length);
        }
      }),
      { numRuns: 80, endOnFailure: true },
    );
  });
});

function isClosed(viewer: object | undefined): boolean {
  return (viewer as { readonly closed?: boolean } | undefined)?.closed === true;
}
