import type { RunEvent } from 'rxlm';
import { EventDispatcher } from '../../../lib/core/events/event-dispatcher.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';
import { turn } from '../../support/unhandled-errors.js';

const event = (name: string) => ({ name }) as RunEvent;

describe('EventDispatcher', () => {
  it('calls each listener in turn', () => {
    const heard: string[] = [];
    new EventDispatcher().dispatch(event('e'), [
      ({ name }) => heard.push(`a ${name}`),
      ({ name }) => heard.push(`b ${name}`),
    ]);
    expect(heard).toEqual(['a e', 'b e']);
  });

  it('[3] dispatches an event to all before the one that a listener causes with it', () => {
    const dispatcher = new EventDispatcher();
    const heard: string[] = [];
    const listeners = [
      ({ name }: RunEvent) => {
        heard.push(`a ${name}`);
        if (name.length < 3) dispatcher.dispatch(event(`${name}!`), listeners);
      },
      ({ name }: RunEvent) => {
        heard.push(`b ${name}`);
      },
    ];
    dispatcher.dispatch(event('e'), listeners);
    expect(heard).toEqual(['a e', 'b e', 'a e!', 'b e!', 'a e!!', 'b e!!']);
  });

  it('[3] has dispatched the event that a listener causes when that listener goes on', () => {
    const dispatcher = new EventDispatcher();
    const heard: string[] = [];
    dispatcher.dispatch(event('first'), [
      () => {
        dispatcher.dispatch(event('second'), [({ name }) => heard.push(name)]);
        heard.push('and on');
      },
    ]);
    expect(heard).toEqual(['second', 'and on']);
  });

  it('reports the first error of each listener, and dispatches all events to all of them', () => {
    const heard = jest.fn();
    const throwing = () =>
      jest.fn(() => {
        throw new Error('broken');
      });
    const [one, other] = [throwing(), throwing()];
    const onError = jest.fn();
    const dispatcher = new EventDispatcher();
    for (const name of ['a', 'b', 'c'])
      dispatcher.dispatch(event(name), [one, heard, other], onError);
    for (const listener of [one, heard, other]) expect(listener).toHaveBeenCalledTimes(3);
    expect(onError.mock.calls).toEqual([
      [new Error('broken'), { event: event('a'), listener: one }],
      [new Error('broken'), { event: event('a'), listener: other }],
    ]);
  });

  it('reports the first rejection of an async listener', async () => {
    const onError = jest.fn();
    const listener = () => Promise.reject(new Error('broken'));
    const dispatcher = new EventDispatcher();
    dispatcher.dispatch(event('a'), [listener], onError);
    dispatcher.dispatch(event('b'), [listener], onError);
    await turn();
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('lets the platform warn where there is no handler', () => {
    const warnings = emittedWarnings();
    const throwing = () => {
      throw new Error('broken');
    };
    new EventDispatcher().dispatch(event('e'), [throwing]);
    expect(warnings()).toHaveLength(1);
  });

  it('goes on with the event where a handler causes another one', () => {
    const heard: string[] = [];
    const dispatcher = new EventDispatcher();
    const throwing = () => {
      throw new Error('broken');
    };
    const listeners = [throwing, ({ name }: RunEvent) => heard.push(name)];
    dispatcher.dispatch(event('first'), listeners, () => {
      dispatcher.dispatch(event('second'), listeners);
    });
    expect(heard).toEqual(['first', 'second']);
  });

  it('reports the same event again where it is heard again', () => {
    const dispatcher = new EventDispatcher();
    const heard = jest.fn();
    const same = event('e');
    dispatcher.dispatch(same, [heard]);
    dispatcher.dispatch(same, [heard]);
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
