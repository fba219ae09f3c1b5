import { IncrementalJson } from './incremental-json.js';

/**
 * What can be shown of JSON that may end anywhere: undefined if there is nothing yet, or if it cannot become JSON.
 *
 * For a text that grows, use {@link IncrementalJson}: reading it anew for every delta is quadratic.
 *
 * @example
 * parsePartialJson('{"title":"Gold') // => { title: 'Gold' }
 */
export function parsePartialJson(text: string): unknown {
  const json = new IncrementalJson();
  json.push(text);
  const problem = json.finish();
  return problem === undefined || problem.reason === 'incomplete' ? json.value : undefined;
}
