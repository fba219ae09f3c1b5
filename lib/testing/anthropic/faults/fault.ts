import type { Stage } from './fault-exchange.js';

/** What a fault can be told in its URL, by name. */
export type FaultParams = Readonly<Record<string, number | string>>;

/** One way in which an answer goes wrong. */
export interface Fault<P extends FaultParams = FaultParams> {
  /** What it does, in a sentence or two. */
  readonly doc: string;
  /** The acceptance cases it serves. */
  readonly cases: readonly string[];
  /** Its parameters with their defaults; where the default is a number, so is the parameter. */
  readonly params: P;
  /** Answers one request. */
  play(stage: Stage, params: P): Promise<unknown>;
}

type FaultSpec<P extends FaultParams> = Omit<Fault<P>, 'params'> & { readonly params?: P };

const none = {};

/** A fault, without parameters unless it names some. */
export const fault = <P extends FaultParams = typeof none>(spec: FaultSpec<P>): Fault<P> => ({
  params: none as P,
  ...spec,
});

/** What `choices` has under `choice`; a choice it does not have is the test's mistake. */
export function choose<T>(choices: Readonly<Record<string, T>>, choice: string): T {
  const entry = Object.entries(choices).find(([name]) => name === choice);
  if (entry) return entry[1];
  throw new Error(`"${choice}" is none of ${Object.keys(choices).join(', ')}`);
}
