import { ClientGate } from '../../../lib/core/demand/client-gate.js';
import { PullQueue } from '../../../lib/core/demand/pull-queue.js';
import { DeferredGate } from '../../../lib/sse/server/deferred-gate.js';

describe('DeferredGate', () => {
  it('[19] is closed while it is held, and then whenever its taker is', () => {
    const gate = new DeferredGate(() => undefined);
    expect(gate.closed).toBe(false);
    gate.heed();
    gate.close();
    const opened = jest.fn();
    gate.onOpen(opened);
    const takenBack = jest.fn();
    gate.onOpen(takenBack)();
    const taker = new PullQueue<number>(1);
    taker.put(1);
    gate.handTo(taker);
    expect([gate.closed, taker.heeded, opened.mock.calls.length]).toEqual([true, true, 0]);
    void taker.take();
    expect([gate.closed, opened.mock.calls.length, takenBack.mock.calls.length]).toEqual([
      false,
      1,
      0,
    ]);
  });

  it('is open for good when nobody is there who could wait', () => {
    const gate = new DeferredGate(() => undefined);
    gate.close();
    const opened = jest.fn();
    gate.onOpen(opened);
    gate.handTo(undefined);
    expect([gate.closed, opened.mock.calls.length]).toEqual([false, 1]);
  });

  it('reports to the gate that it was handed to, before that and else to its own', () => {
    const heard: string[] = [];
    const gate = new DeferredGate((error) => heard.push(`own ${String(error)}`));
    gate.report('a');
    gate.handTo(new ClientGate((error) => heard.push(`taker ${String(error)}`)));
    gate.report('b');
    gate.handTo(undefined);
    gate.report('c');
    expect(heard).toEqual(['own a', 'taker b', 'own c']);
  });
});
