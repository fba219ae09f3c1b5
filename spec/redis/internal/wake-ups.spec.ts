import { Hints } from '../../../lib/redis/internal/wake-ups';
import type { Engine } from '../../../lib/redis/internal/engine';

function noted(subscribed: () => Promise<unknown> = () => Promise.resolve()) {
  const log: string[] = [];
  let onHint: (channel: string) => void = () => undefined;
  const engine = {
    openHints: (listener: (channel: string) => void) => {
      onHint = listener;
      log.push('open');
      return {
        subscribe: (channel: string) => {
          log.push(`subscribe ${channel}`);
          return subscribed();
        },
        unsubscribe: (channel: string) => {
          log.push(`unsubscribe ${channel}`);
          return Promise.reject(new Error('cut'));
        },
        close: () => log.push('close'),
      };
    },
  } as unknown as Engine;
  return { hints: new Hints(engine), log, hint: (channel: string) => onHint(channel) };
}
const turn = () => new Promise(setImmediate);

describe('hints', () => {
  it('use one connection for all watchers, and close it with the last of them', async () => {
    const { hints, log } = noted();
    const stops = ['a', 'a', 'b'].map((channel) => hints.watch(channel, () => undefined));
    for (const stop of stops) stop();
    stops[0]!();
    await turn();
    expect(log).toEqual(['open', 'subscribe a', 'subscribe b', 'unsubscribe a', 'close']);
    hints.watch('a', () => undefined)();
    expect(log.slice(5)).toEqual(['open', 'subscribe a', 'close']);
  });

  it('wake those that watch the channel, and nobody who has stopped', () => {
    const { hints, hint } = noted();
    const woken: string[] = [];
    const stop = hints.watch('a', () => woken.push('first'));
    hints.watch('a', () => woken.push('second'));
    hints.watch('b', () => woken.push('other'));
    hint('a');
    stop();
    hint('a');
    hint('c');
    expect(woken).toEqual(['first', 'second', 'second']);
  });

  it('say when they have begun, unless nobody watches any more', async () => {
    const { hints } = noted();
    const ready = jest.fn();
    const stop = hints.watch('a', () => undefined, ready);
    const late = jest.fn();
    hints.watch('b', () => undefined, late)();
    await turn();
    stop();
    expect([ready.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
  });

  it('are silent where no connection can be had', async () => {
    const { hints, log } = noted(() => Promise.reject(new Error('refused')));
    const ready = jest.fn();
    hints.watch('a', () => undefined, ready);
    await turn();
    expect(ready).not.toHaveBeenCalled();
    expect(log).toEqual(['open', 'subscribe a']);
  });
});
