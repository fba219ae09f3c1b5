import { interleave } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const CONTENDERS = [
  'floor fetch',
  'rxlm stream$',
  'rxlm chain events$',
  'rxlm toAsyncIterable',
  'anthropic-sdk create',
  'langchain stream',
  'ai-sdk textStream',
];

/** From leaving a stream, as is usual there, until the server sees its socket close. */
export async function* abort({ baseURL, quick }) {
  const workers = await openWorkers(CONTENDERS, { task: 'abort', baseURL });
  const { ms } = await interleave(CONTENDERS, {
    rounds: 5,
    warmUp: 1,
    turn: (contender) => workers.turn(contender, { runs: quick ? 3 : 9 }),
  });
  workers.close();
  yield* [
    {
      id: 'abort',
      title: 'Time from leaving a stream to its closed socket',
      unit: 'ms, the median of a round',
      values: ms,
      note: 'The AI SDK is left by its `abortSignal`, LangChain and the SDK by `break`, rxlm by unsubscribing.',
    },
  ];
}
