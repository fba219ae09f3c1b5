import { ParseError } from '../../errors/parse-error.js';

const REMEDIES: Readonly<Record<string, string>> = {
  length: 'it was cut off at a limit: raise maxTokens, or ask for less',
  content_filter: 'it was refused: change the prompt, or ask another model',
};

/** @internal Why there is no whole answer to read, of a message that did not end of its own accord; undefined for any other. */
export function unfinishedAnswer(
  parser: string,
  finishReason: unknown,
  text: string,
): ParseError | undefined {
  if (finishReason !== 'length' && finishReason !== 'content_filter') return undefined;
  return new ParseError(
    `${parser}: the answer is not whole (${finishReason}): ${String(REMEDIES[finishReason])}. The error's text has what there is`,
    { code: finishReason, text },
  );
}
