import { HttpException } from '@nestjs/common';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import { ModelError } from '../../lib/errors/model-error.js';
import { primedForNest } from '../../lib/nestjs/primed-for-nest.js';

describe('primedForNest', () => {
  it('(T091) rejects with an HttpException for an error of rxlm, and sets retry-after', async () => {
    const set: string[][] = [];
    const error = new ModelError('busy', {
      code: 'rate_limited',
      provider: 'anthropic',
      retryAfterMs: 1500,
    });
    const response = { setHeader: (...header: string[]) => set.push(header) };
    const failure = await primedForNest(
      throwError(() => error),
      { response },
    ).catch((reason: unknown) => reason as HttpException);
    expect(failure).toBeInstanceOf(HttpException);
    expect((failure as HttpException).getStatus()).toBe(429);
    expect(set).toEqual([['retry-after', '2']]);
  });

  it('leaves another error as it is, and gives the values of one that does not fail', async () => {
    const lost = new Error('lost');
    await expect(primedForNest(throwError(() => lost))).rejects.toBe(lost);
    const values$ = await primedForNest(of(1, 2));
    expect(await lastValueFrom(values$.pipe(toArray()))).toEqual([1, 2]);
  });
});
