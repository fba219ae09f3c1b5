import type { CallPart, ResultPart } from './part.js';

/** @internal Whether two calls of one id are the same call, repeated. */
export function sameCall(a: CallPart, b: CallPart): boolean {
  return a.name === b.name && stable(a.input) === stable(b.input);
}

/** @internal Whether two results of one call say the same. */
export function sameResult(a: ResultPart, b: ResultPart): boolean {
  return a.isError === b.isError && stable(saidBy(a)) === stable(saidBy(b));
}

function saidBy({ content }: ResultPart): unknown {
  return content.map((part) => (part.type === 'text' ? part.text : part.own));
}

/** JSON with the fields of objects in one order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
