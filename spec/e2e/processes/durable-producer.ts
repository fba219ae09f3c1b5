import { Redis } from 'ioredis';
import { map } from 'rxjs';
import { durableRuns, RxlmError } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { redisRunStore } from 'rxlm/redis';

// A process that produces one run and says so, line by line. Arguments: Redis' URL, the provider's URL, the run, its lease.
const [redis = '', baseURL = '', id = '', leaseMs = ''] = process.argv.slice(2);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const model = new ChatAnthropic({ model: 'claude-haiku-4-5', apiKey: 'any', baseURL });
const client = new Redis(redis);
const runs = durableRuns({
  store: redisRunStore({ client }),
  leaseMs: Number(leaseMs),
  onError: (error) => {
    say(`gave up: ${RxlmError.is(error) ? error.code : String(error)}`);
  },
});
void runs
  .start(id, (config) => model.stream$('Count.', config).pipe(map(({ text }) => text)))
  .then(() => {
    say('started');
  });
