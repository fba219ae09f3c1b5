import type { RunEvent } from 'rxlm';
import { Telling } from '../../lib/core/telling.js';
import { unhandledErrors } from '../support/unhandled-errors.js';

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

  it('[6] reports a listener that throws, and tells the others', async () => {
    const told = jest.fn();
    const broken = new Error('broken');
    const throwing = () => {
      throw broken;
    };
    const errors = await unhandledErrors(() => {
      new Telling().tell(event('e'), [throwing, told]);
    });
    expect(told).toHaveBeenCalledTimes(1);
    expect(errors).toEqual([broken]);
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
