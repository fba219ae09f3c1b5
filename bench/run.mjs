// `npm run bench`: CPU per chunk of rxlm beside the floor, interleaved, medians of rounds. Builds nothing: `npm run build` first.
import Anthropic from '@anthropic-ai/sdk';
import { fork } from 'node:child_process';
import { lastValueFrom, reduce } from 'rxjs';
import { toAsyncIterable } from '../dist/esm/index.js';
import { ChatAnthropic } from '../dist/esm/anthropic/index.js';
import { readFloor } from './floor.mjs';

const ROUNDS = 9;
const WORKLOADS = [
  { deltas: 1_000, runs: 20 },
  { deltas: 10_000, runs: 4 },
  { deltas: 100_000, runs: 1 },
];

const server = fork(new URL('./server.mjs', import.meta.url));
const port = await new Promise((resolve) => server.once('message', resolve));
const baseURL = `http://127.0.0.1:${port}`;
const apiKey = 'a-key-for-benches';
const client = new Anthropic({ apiKey, baseURL, maxRetries: 0 });

const request = (model) => ({
  model,
  max_tokens: 1,
  stream: true,
  messages: [{ role: 'user', content: 'Hi' }],
});
const claude = (model) => new ChatAnthropic({ model, maxTokens: 1, client });
const joined = reduce((text, chunk) => text + chunk.text, '');

const CONTENDERS = {
  'floor: fetch': async (model) =>
    readFloor(
      await fetch(`${baseURL}/v1/messages`, {
        method: 'POST',
        body: JSON.stringify(request(model)),
      }),
    ),
  'floor: SDK asResponse': async (model) =>
    readFloor(await client.messages.create(request(model)).asResponse()),
  'rxlm stream$': (model) => lastValueFrom(claude(model).stream$('Hi').pipe(joined)),
  'rxlm events$': (model) =>
    lastValueFrom(
      claude(model)
        .events$('Hi')
        .pipe(
          reduce(
            (text, { event, data }) =>
              event === 'on_chat_model_stream' ? text + data.chunk.text : text,
            '',
          ),
        ),
    ),
  'rxlm toAsyncIterable': async (model) => {
    let text = '';
    for await (const chunk of toAsyncIterable(claude(model).stream$('Hi'))) text += chunk.text;
    return text;
  },
  'rxlm invoke': async (model) => (await claude(model).invoke('Hi')).text,
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (const { deltas, runs } of WORKLOADS) {
  const model = `deltas-${deltas}`;
  const micros = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
  const texts = new Set();
  for (let round = -4; round < ROUNDS; round += 1) {
    for (const [name, contender] of Object.entries(CONTENDERS)) {
      const before = process.cpuUsage();
      for (let run = 0; run < runs; run += 1) texts.add(await contender(model));
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) micros[name].push((user + system) / runs / deltas);
    }
  }
  if (texts.size !== 1) throw new Error('the contenders do not agree on the text');
  const floor = median(micros['floor: fetch']);
  console.log(
    `\n${deltas} deltas: µs of CPU per chunk, median of ${ROUNDS} rounds (least to most), × floor`,
  );
  for (const [name, values] of Object.entries(micros)) {
    const spread = `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
    console.log(
      `  ${name.padEnd(24)} ${median(values).toFixed(2).padStart(6)}  (${spread})  ${(median(values) / floor).toFixed(2)} ×`,
    );
  }
}
server.kill();
