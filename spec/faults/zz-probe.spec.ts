import { once } from 'node:events';
import { runInThisContext } from 'node:vm';
it('probe', async () => {
  const seen: string[] = [];
  const a = (once.constructor as FunctionConstructor)('return typeof process + Object.prototype.toString.call(globalThis) + (globalThis === this)')() as string;
  const b = runInThisContext('typeof process') as unknown;
  process.on('unhandledRejection', (e) => seen.push('sandbox ' + String(e)));
  process.on('warning', (e) => seen.push('sandbox warning ' + String(e)));
  void Promise.reject(new Error('x'));
  process.emitWarning('hello');
  const s = new AbortController().signal;
  for (let i = 0; i < 12; i++) s.addEventListener('abort', () => i);
  await new Promise((r) => setTimeout(r, 100));
  console.log(seen, a, b);
});
