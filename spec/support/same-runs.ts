import { type ComparableRun, plainData } from './langchain';

/** What LangChain reports of each run, ours must report as well, whenever it does. */
export function expectSameRuns(
  ours: readonly ComparableRun[],
  theirs: readonly ComparableRun[],
): void {
  const wanted = summaries(theirs);
  const recorded = summaries(ours).map((summary, index) => ({
    ...summary,
    // A run that is invoked there reports no chunks, one that fails no input.
    ...(wanted[index]?.chunks.length === 0 ? { chunks: [] } : {}),
    ...(wanted[index]?.input === undefined ? { input: undefined } : {}),
  }));
  expect(recorded).toEqual(wanted);
}

/** Which of two branches is first is a matter of turns. */
export function sortedData(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(plainData(value))).sort();
}

interface Summary {
  readonly name: string;
  readonly tags: readonly string[];
  readonly metadata: unknown;
  readonly input: unknown;
  readonly chunks: readonly unknown[];
  readonly output: unknown;
}

function summaries(runs: readonly ComparableRun[]): Summary[] {
  const all = runs.map(({ name, tags, metadata, story }) => {
    const data = story.map(
      (recorded) => recorded.data as Partial<Record<'input' | 'chunk' | 'output', unknown>>,
    );
    return {
      name,
      tags,
      metadata,
      input: data.find(({ input }) => input !== undefined)?.input,
      chunks: sortedData(data.flatMap(({ chunk }) => (chunk === undefined ? [] : [chunk]))),
      // LangChain loses the output of a runnable with fallbacks.
      output: name === 'RunnableWithFallbacks' ? undefined : data.at(-1)?.output,
    };
  });
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ name, tags, input, output }: Omit<Summary, 'chunks'>) =>
  JSON.stringify([name, tags, input, output]);
