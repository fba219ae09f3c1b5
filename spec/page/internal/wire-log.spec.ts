import type { RunEvent } from '../../../lib/core/events/run-event';
import { WireLog } from '../../../lib/page/internal/wire-log';
import { recordingOf } from '../../../lib/testing/anthropic/make-recording';
import { startReplayServer } from '../../../lib/testing/anthropic/replay-server';

describe('WireLog', () => {
  it('reports requests, writes and closes as the server sees them', async () => {
    const events: RunEvent[] = [];
    const recording = recordingOf({ tokens: ['gold', 'fish', 'moon'] });
    const wire = new WireLog('root', (event) => events.push(event), [recording]);
    const server = await startReplayServer({
      recordings: [recording],
      chunking: wire.chunking(0),
      delayMs: 30,
    });
    wire.watch(server);
    const stop = new AbortController();
    const response = await fetch(`${server.url}/v1/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': 'any',
        'anthropic-version': '2023-06-01',
      },
      body: JSON.stringify({
        model: 'm',
        max_tokens: 1,
        stream: true,
        messages: [{ role: 'user', content: 'x' }],
      }),
      signal: stop.signal,
    });
    await response.body!.getReader().read();
    stop.abort();
    await wire.settled();
    await server.close();
    const data = events.map((event) => event.data as Record<string, unknown>);
    expect(data[0]).toEqual({ phase: 'request' });
    expect(data[1]).toMatchObject({ phase: 'bytes' });
    expect(data.at(-1)).toMatchObject({ phase: 'close', by: 'client', finished: false });
    expect(data.at(-1)!['note']).toMatch(/^client closed; [123] tokens not generated$/);
    expect(new Set(events.map(({ run_id }) => run_id))).toEqual(new Set(['root-wire-1']));
  });

  it('cuts into pieces of a size, complete and in order', () => {
    const sizes: unknown[] = [];
    const wire = new WireLog('root', ({ data }) => sizes.push((data as { bytes: unknown }).bytes));
    const bytes = Uint8Array.from([1, 2, 3, 4, 5]);
    const pieces = [...wire.chunking(2)(bytes)];
    expect(pieces.flatMap((piece) => [...piece])).toEqual([...bytes]);
    expect(sizes).toEqual([2, 2, 1]);
  });
});
