import { lambda } from 'rxlm';
import { RunnableLambda } from 'rxlm';
import { Misplaced } from '../../../lib/core/internal/misplaced.js';

describe('Misplaced', () => {
  const methods = Object.getOwnPropertyNames(Misplaced.prototype).filter(
    (name) => name !== 'constructor',
  );

  it.each(methods)('says in JavaScript where %s is', (name) => {
    const runnable = lambda((text: string) => text) as unknown as Record<string, () => never>;
    expect(() => runnable[name]!()).toThrow(TypeError);
    expect(() => runnable[name]!()).toThrow(`A runnable has no method ${name}(). Use `);
  });

  it('is not there for TypeScript', () => {
    const runnable: RunnableLambda<string, string> = lambda((text: string) => text);
    // @ts-expect-error a function of runnables
    expect(() => runnable.withRetry()).toThrow('withRetry(runnable, options)');
  });
});
