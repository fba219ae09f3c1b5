import { concat, of, throwError } from 'rxjs';
import { foldChunks } from 'rxlm';
import { ArrivingInput, WholeInput } from '../../lib/core/shown-input.js';
import { watch } from '../support/run-events.js';

const broken = new Error('broken');

describe('WholeInput', () => {
  it('[7] of a root is shown at the start alone, of a child at start and end', () => {
    expect([new WholeInput('q', true).atStart, new WholeInput('q', true).atEnd()]).toEqual([
      { input: 'q' },
      {},
    ]);
    expect([new WholeInput('q', false).atStart, new WholeInput('q', false).atEnd()]).toEqual([
      { input: 'q' },
      { input: 'q' },
    ]);
  });

  it.each([0, '', null, false])('shows %p as any other', (input) => {
    expect(new WholeInput(input, false).atEnd()).toEqual({ input });
  });

  it('shows nothing of undefined', () => {
    expect(new WholeInput(undefined, false).atStart).toEqual({});
  });

  it('leaves chunks alone', () => {
    const chunks$ = of(1);
    expect(new WholeInput(1, true).watch(chunks$)).toBe(chunks$);
  });
});

describe('ArrivingInput', () => {
  it('[8] begins with the first chunk, passes all on, and shows their whole at the end', () => {
    const input = new ArrivingInput(foldChunks());
    const order: unknown[] = [];
    input.watch(of('gold', 'fish'), () => order.push('begin')).subscribe((c) => order.push(c));
    expect(order.slice(0, 2)).toEqual(['begin', 'gold']);
    expect(input.atStart).toBeUndefined();
    expect(input.atEnd()).toEqual({ input: 'goldfish' });
  });

  it('[8] begins with the completion where there was no chunk, and not with an error', () => {
    const begin = jest.fn();
    watch(
      new ArrivingInput(foldChunks()).watch(
        throwError(() => broken),
        begin,
      ),
    );
    expect(begin).not.toHaveBeenCalled();
    watch(new ArrivingInput(foldChunks()).watch(of(), begin));
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('[4] shows what had come before an error', () => {
    const input = new ArrivingInput(foldChunks());
    watch(
      input.watch(
        concat(
          of('a'),
          throwError(() => broken),
        ),
        () => {},
      ),
    );
    expect(input.atEnd()).toEqual({ input: 'a' });
  });

  it('shows nothing of what cannot be folded', () => {
    const input = new ArrivingInput(() => throwError(() => broken));
    watch(input.watch(of('a'), () => {}));
    expect(input.atEnd()).toEqual({});
  });
});
