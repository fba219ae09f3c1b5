/**
 * @internal How long the provider asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. Undefined where it says nothing that can be meant.
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = /[a-z]/i.test(after) ? Date.parse(after) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
