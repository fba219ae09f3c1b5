import { concat, of, throwError } from 'rxjs';
import { foldChunks } from 'rxlm';
import { ArrivingInput, WholeInput } from '../../../lib/core/run/shown-input.js';
import { watch } from '../../support/run-events.js';

const broken = new Error('broken');

describe('WholeInput', () => {
  it('[7] of a root is shown at the start alone, of a child at start and end', () => {
    const root = new WholeInput('q', { isRoot: true });
    expect([root.atStart, root.atEnd('end'), root.atEnd('error')]).toEqual([
      { input: 'q' },
      {},
      {},
    ]);
    const child = new WholeInput('q', { isRoot: false });
    expect([child.atStart, child.atEnd('end')]).toEqual([{ input: 'q' }, { input: 'q' }]);
  });

  it('of a child is shown as nested, of a root as it is, and as nested at the ending that shows it again', () => {
    const nested = () => ({ query: 'q' });
    const child = new WholeInput('q', { isRoot: false, nested });
    expect(child.atStart).toEqual({ input: { query: 'q' } });
    const root = new WholeInput('q', { isRoot: true, nested, shownAgainAt: 'error' });
    expect(root.atStart).toEqual({ input: 'q' });
    expect(root.atEnd('end')).toEqual({});
    expect(root.atEnd('error')).toEqual({ input: { query: 'q' } });
  });

  it('is shown as it is where it cannot be shown as nested', () => {
    const nested = () => {
      throw broken;
    };
    expect(new WholeInput('q', { isRoot: false, nested }).atStart).toEqual({ input: 'q' });
  });

  it.each([true, false])('has what else is to be said in each event, of a root: %p', (isRoot) => {
    const shown = new WholeInput('q', { isRoot, more: { tool_call_id: 't' } });
    expect(shown.atStart).toEqual({ input: 'q', tool_call_id: 't' });
    for (const ending of ['end', 'error', 'cancel'] as const)
      expect(shown.atEnd(ending)).toMatchObject({ tool_call_id: 't' });
  });

  it.each([0, '', null, false])('shows %p as any other', (input) => {
    expect(new WholeInput(input, { isRoot: false }).atEnd('end')).toEqual({ input });
  });

  it('shows nothing of undefined', () => {
    expect(new WholeInput(undefined, { isRoot: false }).atStart).toEqual({});
  });

  it('leaves chunks alone', () => {
    const chunks$ = of(1);
    expect(new WholeInput(1, { isRoot: true }).watch(chunks$)).toBe(chunks$);
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
