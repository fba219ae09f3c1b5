// One client in a process of its own, which plays one variant of a case when it is told to.
import * as consumers from './consumers/all.mjs';
import { describeError } from './describe-error.mjs';
import { guardProcess } from './guard.mjs';
import { Seen } from './seen.mjs';
import { now, wait } from './wait.mjs';

const { open } = await import(`./clients/${process.argv[2]}.mjs`);
const guard = guardProcess();

// A runner that is gone leaves no worker behind.
const end = () => process.exit();
process.on('disconnect', end);

process.on('message', async ({ consumer, options, settings, urls, bound, exits }) => {
  guard.begin();
  const seen = new Seen();
  const openAt = (name = 'fault') => open({ ...settings, baseURL: urls[name] });
  const acting = act(consumers[consumer], { ...options, open: openAt, seen });
  const outcome = await Promise.race([acting, hang(bound)]);
  const endedAt = now();
  const { text, texts, length, afterwards, leftAt, settledMs, listeners, heapGrowth } = seen;
  const growth = seen.memory?.growth();
  const cpuMs = seen.memory?.cpuMs();
  // What nobody handles is told a little later.
  if (!exits) await wait(30);
  process.send({
    outcome,
    error: seen.error === undefined ? undefined : describeError(seen.error),
    message: plain(seen.message),
    ms: endedAt - (leftAt ?? seen.beganAt),
    endedAt: leftAt ?? endedAt,
    ...{ text, texts, length, afterwards, settledMs, listeners, heapGrowth, growth, cpuMs },
    inherited: seen.inherited,
    ...guard.end(),
  });
  if (!exits) return;
  process.off('disconnect', end);
  process.disconnect();
});
process.send('ready');

async function act(consumer, options) {
  try {
    return await consumer(options);
  } catch (error) {
    options.seen.error = error;
    return 'error';
  }
}

async function hang(bound) {
  await new Promise((resolve) => setTimeout(resolve, bound).unref());
  return 'hang';
}

/** A message as it can be sent to another process: what is not JSON is told by its name. */
function plain(message) {
  try {
    return message && JSON.parse(JSON.stringify(message, show));
  } catch (error) {
    return { text: message.text, unserialisable: error.name };
  }
}

const show = (_, value) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
