import { concat, firstValueFrom, mergeMap, of, VirtualTimeScheduler } from 'rxjs';
import { SharedReads } from '../../../lib/runs/internal/shared-reads.js';

describe('SharedReads', () => {
  const reads = new SharedReads(new VirtualTimeScheduler());

  it('makes one call, and projects once, for those who ask the same at the same time', async () => {
    const call = jest.fn(() => Promise.resolve(1));
    const project = jest.fn((reply: number) => ({ reply }));
    const asked = [1, 2, 3].map(() => firstValueFrom(reads.ask$('a', call, project)));
    const [a, b, c] = await Promise.all(asked);
    expect(a).toBe(b);
    expect(b).toBe(c);
    expect([call.mock.calls.length, project.mock.calls.length]).toEqual([1, 1]);
    await firstValueFrom(reads.ask$('a', call, project));
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('gives an own call to who asks while a reply is emitted', () => {
    const seen: string[] = [];
    reads
      .ask$('b', () => 'reply', String)
      .pipe(
        mergeMap((reply) =>
          concat(
            of(reply),
            reads.ask$('b', () => 'next', String),
          ),
        ),
      )
      .subscribe((reply) => seen.push(reply));
    expect(seen).toEqual(['reply', 'next']);
  });

  it('forgets a call that nobody waits for, and one that fails', async () => {
    const never = jest.fn(() => new Promise<number>(() => undefined));
    reads.ask$('c', never, Number).subscribe().unsubscribe();
    expect(await firstValueFrom(reads.ask$('c', () => 2, Number))).toBe(2);
    const failing = () => Promise.reject(new Error('no'));
    await expect(firstValueFrom(reads.ask$('d', failing, Number))).rejects.toThrow('no');
    expect(await firstValueFrom(reads.ask$('d', () => 3, Number))).toBe(3);
  });
});
