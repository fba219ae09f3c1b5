import type { RunEvent } from 'rxlm';
import { Telling } from '../../../lib/core/events/event-dispatcher.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';
import { turn } from '../../support/unhandled-errors.js';

const event = (name: string) => ({ name }) as RunEvent;

describe('Telling', () => {
  it('tells each listener in turn', () => {
    const told: string[] = [];
    new Telling().tell(event('e'), [
      ({ name }) => told.push(`a ${name}`),
      ({ name }) => told.push(`b ${name}`),
    ]);
    expect(told).toEqual(['a e', 'b e']);
  });

  it('[3] tells all the event before the one that a listener causes with it', () => {
    const telling = new Telling();
    const told: string[] = [];
    const listeners = [
      ({ name }: RunEvent) => {
        told.push(`a ${name}`);
        if (name.length < 3) telling.tell(event(`${name}!`), listeners);
      },
      ({ name }: RunEvent) => {
        told.push(`b ${name}`);
      },
    ];
    telling.tell(event('e'), listeners);
    expect(told).toEqual(['a e', 'b e', 'a e!', 'b e!', 'a e!!', 'b e!!']);
  });

  it('[3] has told the event that a listener causes when that listener goes on', () => {
    const telling = new Telling();
    const told: string[] = [];
    telling.tell(event('first'), [
      () => {
        telling.tell(event('second'), [({ name }) => told.push(name)]);
        told.push('and on');
      },
    ]);
    expect(told).toEqual(['second', 'and on']);
  });

  it('reports the first error of each listener, and dispatches all events to all of them', () => {
    const told = jest.fn();
    const throwing = () =>
      jest.fn(() => {
        throw new Error('broken');
      });
    const [one, other] = [throwing(), throwing()];
    const onError = jest.fn();
    const telling = new Telling();
    for (const name of ['a', 'b', 'c']) telling.tell(event(name), [one, told, other], onError);
    for (const listener of [one, told, other]) expect(listener).toHaveBeenCalledTimes(3);
    expect(onError.mock.calls).toEqual([
      [new Error('broken'), { event: event('a'), listener: one }],
      [new Error('broken'), { event: event('a'), listener: other }],
    ]);
  });

  it('reports the first rejection of an async listener', async () => {
    const onError = jest.fn();
    const listener = () => Promise.reject(new Error('broken'));
    const telling = new Telling();
    telling.tell(event('a'), [listener], onError);
    telling.tell(event('b'), [listener], onError);
    await turn();
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('lets the platform warn where there is no handler', () => {
    const warnings = emittedWarnings();
    const throwing = () => {
      throw new Error('broken');
    };
    new Telling().tell(event('e'), [throwing]);
    expect(warnings()).toHaveLength(1);
  });

  it('goes on with the event where a handler causes another one', () => {
    const told: string[] = [];
    const telling = new Telling();
    const throwing = () => {
      throw new Error('broken');
    };
    const listeners = [throwing, ({ name }: RunEvent) => told.push(name)];
    telling.tell(event('first'), listeners, () => {
      telling.tell(event('second'), listeners);
    });
    expect(told).toEqual(['first', 'second']);
  });

  it('tells the same event again where it is told again', () => {
    const telling = new Telling();
    const told = jest.fn();
    const same = event('e');
    telling.tell(same, [told]);
    telling.tell(same, [told]);
    expect(told).toHaveBeenCalledTimes(2);
  });
});
