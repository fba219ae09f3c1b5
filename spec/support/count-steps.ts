import { type Profiler, Session } from 'node:inspector';

/**
 * How often V8 enters functions and blocks of lib while `run` works: it counts steps, which no clock does. What happens within
 * the platform's own functions is not in it, but their callbacks are.
 */
export function countSteps(run: () => void): number {
  const session = new Session();
  session.connect();
  let steps = 0;
  const post = (method: string, params?: object): object => {
    let answer: object = {};
    session.post(method, params, (error, result) => {
      if (error !== null) throw error;
      answer = result ?? {};
    });
    return answer;
  };
  try {
    post('Profiler.enable');
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    run();
    const { result } = post(
      'Profiler.takePreciseCoverage',
    ) as Profiler.TakePreciseCoverageReturnType;
    for (const { url, functions } of result)
      if (/[\\/]lib[\\/]/.test(url) && !url.includes('node_modules'))
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  } finally {
    post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
  return steps;
}
