import { interleave } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const CONTENDERS = [
  'floor fetch',
  'floor asResponse',
  'rxlm stream$',
  'rxlm chain stream$',
  'rxlm chain events$',
  'rxlm toAsyncIterable',
  'anthropic-sdk create',
  'anthropic-sdk stream',
  'langchain stream',
  'langchain streamEvents',
  'ai-sdk textStream',
];

/** From the call to the first text, of a server that sends the rest of it a little later. */
export async function* firstChunk({ baseURL, quick }) {
  const workers = await openWorkers(CONTENDERS, { task: 'first', baseURL });
  const { ms } = await interleave(CONTENDERS, {
    rounds: 7,
    warmUp: 2,
    turn: (contender) => workers.turn(contender, { model: 'late-3', runs: quick ? 10 : 30 }),
  });
  workers.close();
  yield* [
    {
      id: 'first-chunk',
      title: 'Time to the first text',
      unit: 'ms, the median of a round',
      floors: ['floor fetch'],
      values: ms,
    },
  ];
}
