import { Watchers } from '../../../lib/runs/internal/wake-listeners.js';

describe('Watchers', () => {
  it('wakes those of an id, each as often as it watches, until it stops', () => {
    const watchers = new Watchers();
    const [a, b] = [jest.fn(), jest.fn()];
    const stop = watchers.add('a', a);
    watchers.add('a', a);
    watchers.add('b', b);
    watchers.wake('a');
    expect(a).toHaveBeenCalledTimes(2);
    expect(b).not.toHaveBeenCalled();
    stop();
    stop();
    watchers.wake('a');
    expect(a).toHaveBeenCalledTimes(3);
  });

  it('does not wake who is stopped by another watcher meanwhile, nor who comes meanwhile', () => {
    const watchers = new Watchers();
    const late = jest.fn();
    const stopped = jest.fn();
    let stop = (): void => undefined;
    watchers.add('a', () => {
      stop();
      watchers.add('a', late);
    });
    stop = watchers.add('a', stopped);
    watchers.wake('a');
    expect(stopped).not.toHaveBeenCalled();
    expect(late).not.toHaveBeenCalled();
  });
});
