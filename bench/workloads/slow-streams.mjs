import { interleave } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FLOOR_AND_RXLM = ['floor fetch', 'floor asResponse', 'rxlm stream$', 'rxlm chain events$'];
const PEERS = [
  'anthropic-sdk create',
  'langchain stream',
  'langchain streamEvents',
  'ai-sdk textStream',
];

/** A thousand are more than one core can do for these: they would be measured while they fall behind. */
const FEWER = ['langchain streamEvents', 'ai-sdk textStream'];
const NOTE = `Of ${FEWER.join(' and ')} 200 streams: they do not keep up with 1,000.`;

/** Many streams at the pace of a model: waking up costs more than reading. */
export async function* slowStreams({ baseURL, quick }) {
  const contenders = quick ? FLOOR_AND_RXLM : [...FLOOR_AND_RXLM, ...PEERS];
  const workers = await openWorkers(contenders, { task: 'slow', baseURL });
  const streams = quick ? 300 : 1_000;
  const { cpu, heap } = await interleave(contenders, {
    rounds: 5,
    warmUp: 0,
    turn: (contender) =>
      workers.turn(contender, {
        streams: FEWER.includes(contender) ? 200 : streams,
        windowMs: 1_000,
      }),
  });
  workers.close();
  const title = `${streams.toLocaleString('en')} streams of one delta per 100 ms`;
  yield* [
    {
      id: 'slow-cpu',
      title,
      unit: 'µs of CPU per chunk',
      floors: ['floor fetch', 'floor asResponse'],
      values: cpu,
      ...(quick ? {} : { note: NOTE }),
    },
    {
      id: 'slow-heap',
      title: `${title}: memory`,
      unit: 'KiB of live heap per stream',
      floors: ['floor fetch', 'floor asResponse'],
      values: heap,
    },
  ];
}
