import { type RunHelpers, TestScheduler } from 'rxjs/testing';

export type Marbles = RunHelpers & { readonly scheduler: TestScheduler };

/** Runs `test` in virtual time, with the scheduler to hand on as `config.scheduler`. */
export function marbles(test: (helpers: Marbles) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run((helpers) => {
    test({ ...helpers, scheduler });
  });
}
