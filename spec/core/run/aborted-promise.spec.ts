import { take } from 'rxjs';
import { aborted } from '../../../lib/core/run/aborted-promise.js';
import { countedSignal } from '../../support/counted-signal.js';
import { watch } from '../../support/run-events.js';

describe('aborted', () => {
  it('emits the reason once the signal is aborted, completes, and leaves no listener', () => {
    const controller = countedSignal();
    const run = watch(aborted(controller.signal));
    expect(run.values).toEqual([]);
    controller.abort('enough');
    expect(run).toMatchObject({ values: ['enough'], ended: 'complete' });
    expect(controller.count()).toBe(0);
  });

  it.each([null, undefined, 0, 'why'])('emits a reason of any kind: %p', (reason) => {
    const { signal } = new AbortController();
    Object.defineProperties(signal, { aborted: { value: true }, reason: { value: reason } });
    expect(watch(aborted(signal))).toMatchObject({ values: [reason], ended: 'complete' });
  });

  it('emits at once for a signal that is aborted already, without a listener', () => {
    const controller = countedSignal();
    controller.abort('before');
    expect(watch(aborted(controller.signal)).values).toEqual(['before']);
    expect(controller.count()).toBe(0);
  });

  it('[1] listens only while it is subscribed to', () => {
    const controller = countedSignal();
    const aborted$ = aborted(controller.signal);
    expect(controller.count()).toBe(0);
    const run = watch(aborted$);
    expect(controller.count()).toBe(1);
    run.leave();
    expect(controller.count()).toBe(0);
  });

  it('leaves no listener on a signal whose subscriber leaves with the reason', () => {
    const controller = countedSignal();
    watch(aborted(controller.signal).pipe(take(1)));
    controller.abort();
    expect(controller.count()).toBe(0);
  });

  it('has one listener on a signal, however many wait for it', () => {
    const controller = countedSignal();
    const runs = Array.from({ length: 100 }, () => watch(aborted(controller.signal)));
    expect(controller.count()).toBe(1);
    runs.slice(1).forEach((run) => {
      run.leave();
    });
    expect(controller.count()).toBe(1);
    controller.abort('enough');
    expect(runs[0]).toMatchObject({ values: ['enough'], ended: 'complete' });
    expect(runs[1]?.values).toEqual([]);
    expect(controller.count()).toBe(0);
  });

  it('listens anew when all had left', () => {
    const controller = countedSignal();
    watch(aborted(controller.signal)).leave();
    const run = watch(aborted(controller.signal));
    expect(controller.count()).toBe(1);
    controller.abort('enough');
    expect(run.values).toEqual(['enough']);
  });
});
