import { of } from 'rxjs';
import { observableOf } from '../../lib/sse/sse-source.js';

describe('observableOf', () => {
  it('takes an Observable or a function that makes one', () => {
    const source$ = of(1);
    expect(observableOf(source$)({})).toBe(source$);
    expect(observableOf(() => source$)({})).toBe(source$);
  });

  it.each([undefined, null, 5, [1]])('refuses %j, naming it', (source) => {
    expect(() => observableOf(source as never)).toThrow(/what is sent must be an Observable/);
  });
});
