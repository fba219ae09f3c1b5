import { EMPTY, NEVER, of, throwError } from 'rxjs';
import { foldChunks, RunInput } from 'rxlm';
import { watch } from '../support/run-events.js';

const broken = new Error('broken');

describe('RunInput', () => {
  it('of a value is there as one chunk, as a whole and as given', () => {
    const input = RunInput.of('q');
    expect(watch(input.chunks$)).toMatchObject({ values: ['q'], ended: 'complete' });
    expect(watch(input.whole$)).toMatchObject({ values: ['q'], ended: 'complete' });
    expect(input.given).toEqual({ value: 'q' });
  });

  it('of undefined is an input too', () => {
    expect(RunInput.of(undefined).given).toEqual({ value: undefined });
    expect(watch(RunInput.of(undefined).whole$).values).toEqual([undefined]);
  });

  it('of chunks gives them as they come, and their fold as the whole', () => {
    const input = new RunInput(of('gold', 'fish'), foldChunks<string>());
    expect(watch(input.chunks$).values).toEqual(['gold', 'fish']);
    expect(watch(input.whole$).values).toEqual(['goldfish']);
    expect(input.given).toBeUndefined();
  });

  it.each([
    ['nothing', EMPTY, 'complete'],
    ['an error', throwError(() => broken), { error: broken }],
    ['silence', NEVER, undefined],
  ])('of %s has no whole', (_, chunks$, ended) => {
    expect(watch(new RunInput(chunks$, foldChunks<string>()).whole$)).toMatchObject({
      values: [],
      ended,
    });
  });
});
