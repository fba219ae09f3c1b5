import { describeValue } from '../../core/internal/describe-value.js';
import { nearestName } from '../../core/internal/nearest-name.js';

/** Option names of other libraries, with the name here or the way to do it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  callbacks: 'use listeners',
  callbackManager: 'use listeners',
  modelName: 'use model',
  modelId: 'use model',
  stopSequences: 'use stop',
  functions: 'use tools',
  maxTokensToSample: 'use maxTokens',
  maxOutputTokens: 'use maxTokens',
  maxCompletionTokens: 'use maxTokens',
  abortSignal: 'use signal, in the config of a call',
  signal: 'say it in the config of a call',
  timeout: 'say it in the config of a call, or use timeouts',
  tags: 'use withConfig(model, { tags })',
  metadata: 'use withConfig(model, { metadata })',
  runName: 'use withConfig(model, { runName })',
  maxConcurrency: 'say it in the config of a batch',
  streaming: 'leave it out: stream$, stream and events$ stream, and invoke gives the whole message',
  stream: 'leave it out: stream$, stream and events$ stream, and invoke gives the whole message',
  disableStreaming: 'leave it out, and use invoke',
  streamUsage: 'leave it out: usage always comes with the message',
  verbose: 'use listeners',
};

/** @internal Throws a `TypeError` for an unknown option that names the most similar one. */
export function checkNames(
  options: object,
  names: readonly string[],
  who: string,
  elsewhere: Readonly<Record<string, string>> = {},
): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name)) continue;
    throw new TypeError(
      `${who} has no option ${describeValue(name)}: ${remedy(name, names, elsewhere)}`,
    );
  }
}

function remedy(
  name: string,
  names: readonly string[],
  elsewhere: Readonly<Record<string, string>>,
): string {
  const known = { ...ELSEWHERE, ...elsewhere };
  for (const spelling of [
    name,
    name.replace(/_([a-z]?)/g, (_, letter: string) => letter.toUpperCase()),
  ])
    if (Object.hasOwn(known, spelling)) return known[spelling] as string;
  const nearest = nearestName(name, names);
  return nearest === undefined ? `it takes ${names.join(', ')}` : `use ${nearest}`;
}
