import { firstValueFrom } from 'rxjs';
import { marbles } from '../../../lib/testing/fake/marbles.js';
import { marbles as virtual } from '../../support/marbles.js';

describe('an answer as marbles', () => {
  it.each(['-a-b-(c|)', 'a 9ms (bc) 3ms |', '  - a - | ', '(ab)-#', '|', '#', '-', '-a-', '(a|)'])(
    '[20] %j is what RxJS makes of it, on the scheduler of the run',
    (diagram) => {
      const error = new Error('broken');
      virtual(({ cold, expectObservable, scheduler }) => {
        const chunks$ = marbles(diagram, {}, error)([], { scheduler });
        expectObservable(chunks$).toEqual(cold(diagram, undefined, error));
      });
    },
  );

  it('is cold: each subscription takes its own time', () => {
    virtual(({ expectObservable, scheduler }) => {
      const chunks$ = marbles('-a-|')([], { scheduler });
      expectObservable(chunks$, '^').toBe('-a-|');
      expectObservable(chunks$, '---^').toBe('----a-|');
    });
  });

  it('has the chunk of each letter, or the letter', () => {
    const call = { name: 'weather', args: {} };
    virtual(({ expectObservable, scheduler }) => {
      const chunks$ = marbles('ab|', { b: call })([], { scheduler });
      expectObservable(chunks$).toBe('xy|', { x: 'a', y: call });
    });
  });

  it('ends in an error of its own where none is given', () => {
    virtual(({ expectObservable, scheduler }) => {
      const chunks$ = marbles('#')([], { scheduler });
      expectObservable(chunks$).toBe('#', undefined, new Error('The answer ends in #'));
    });
  });

  it('takes real time where the run has no scheduler', async () => {
    expect(await firstValueFrom(marbles('-a|')([], {}))).toBe('a');
  });

  it('is not drawn of anything else', () => {
    expect(() => marbles(5 as never)).toThrow(new TypeError('marbles takes a diagram, got 5'));
    expect(() => marbles('-a-!')).toThrow(/unsubscription marker/);
  });
});
