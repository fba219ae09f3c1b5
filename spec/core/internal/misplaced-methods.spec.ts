import { lambda } from 'rxlm';
import { RunnableLambda, RunnableParallel, RunnableSequence } from 'rxlm';
import { Misplaced } from '../../../lib/core/internal/misplaced-methods.js';

describe('Misplaced', () => {
  const methods = Object.getOwnPropertyNames(Misplaced.prototype).filter(
    (name) => name !== 'constructor',
  );

  it.each(methods)('says in JavaScript where %s is', (name) => {
    const runnable = lambda((text: string) => text) as unknown as Record<string, () => never>;
    expect(() => runnable[name]!()).toThrow(TypeError);
    expect(() => runnable[name]!()).toThrow(`A runnable has no method ${name}(). Use `);
  });

  it('says what makes a runnable in place of LangChain’s static from', () => {
    for (const kind of [RunnableLambda, RunnableSequence, RunnableParallel])
      expect(() => (kind as unknown as { from(x: unknown): void }).from([])).toThrow(
        new TypeError(
          'A runnable has no static from(). Use a.pipe(b), lambda(fn) or parallel({ … })',
        ),
      );
    // @ts-expect-error it is not there for TypeScript
    expect(() => RunnableLambda.from(() => 'x')).toThrow(TypeError);
  });

  it('is not there for TypeScript', () => {
    const runnable: RunnableLambda<string, string> = lambda((text: string) => text);
    // @ts-expect-error a function of runnables
    expect(() => runnable.withRetry()).toThrow('withRetry(runnable, options)');
  });
});
