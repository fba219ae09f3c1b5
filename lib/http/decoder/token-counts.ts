import { isRecord } from '../../core/internal/is-record.js';

/** @internal The value if it is a number of tokens. */
export function count(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** @internal The counts in an object of details. */
export function detailCounts(value: unknown): Readonly<Record<string, number | undefined>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, count(each)]));
}

/** @internal The object without what is undefined, and without objects that have nothing left. */
export function withoutEmpty<T extends object>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const said = Object.entries(fields).filter(
    ([, value]) =>
      value !== undefined && !(isRecord(value) && Object.keys(value as object).length === 0),
  );
  return Object.fromEntries(said) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
