/**
 * @internal How long the provider asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. Undefined where it says nothing that can be meant.
 */
export function retryAfterOf(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const after = headers.get('retry-after') ?? '';
  const date = /[a-z]/i.test(after) ? Date.parse(after) : NaN;
  return [
    numberIn(headers.get('retry-after-ms') ?? ''),
    numberIn(after) * 1000,
    Math.max(0, date - now),
  ].find(Number.isFinite);
}

function numberIn(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}
