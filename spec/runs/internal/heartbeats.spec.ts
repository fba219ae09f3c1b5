import { VirtualTimeScheduler } from 'rxjs';
import { memoryRunStore } from 'rxlm';
import { Pulses } from '../../../lib/runs/internal/heartbeats.js';

function pulsing() {
  const scheduler = new VirtualTimeScheduler(undefined, 5_500);
  const inner = memoryRunStore({ scheduler });
  const stop = jest.fn();
  const wakes: (() => void)[] = [];
  const store = {
    ...inner,
    watch: jest.fn((_id: string, wake: () => void) => {
      wakes.push(wake);
      return stop;
    }),
    keepWatched: jest.fn(),
  };
  return { scheduler, store, stop, wakes, pulses: new Pulses(store, scheduler) };
}

describe('a pulse', () => {
  it('is one watcher for all viewers of a run, until the last one leaves', () => {
    const { pulses, store, stop, wakes } = pulsing();
    const [a, b] = [jest.fn(), jest.fn()];
    const viewers = [pulses.of('r').beat$.subscribe(a), pulses.of('r').beat$.subscribe(b)];
    wakes[0]!();
    expect([a.mock.calls.length, b.mock.calls.length, pulses.of('r').beats]).toEqual([1, 1, 1]);
    viewers[0]!.unsubscribe();
    expect(stop).not.toHaveBeenCalled();
    viewers[1]!.unsubscribe();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(store.watch).toHaveBeenCalledTimes(1);
    pulses.of('r').beat$.subscribe().unsubscribe();
    expect(store.watch).toHaveBeenCalledTimes(2);
  });

  it('beats each second although no hint comes', () => {
    const { pulses, scheduler } = pulsing();
    const beat = jest.fn();
    pulses.of('r').beat$.subscribe(beat);
    scheduler.flush();
    expect(beat).toHaveBeenCalledTimes(5);
  });

  it('reports viewers to the store only where they count', () => {
    const { pulses, scheduler, store } = pulsing();
    const { beat$, count } = pulses.of('r');
    pulses.of('s').beat$.subscribe();
    beat$.subscribe();
    count();
    count();
    scheduler.flush();
    expect(store.keepWatched.mock.calls.length).toBe(6);
    expect(new Set(store.keepWatched.mock.calls.map(([id]: string[]) => id))).toEqual(
      new Set(['r']),
    );
  });
});
