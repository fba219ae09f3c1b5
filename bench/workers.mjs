import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * A process for each contender, by name. `turn` has one of them perform its task once and gives what it says.
 * `workload` says which of a contender's functions is meant, `task` what is done with it.
 */
export async function openWorkers(contenders, { workload = 'text', task = 'runs', baseURL }) {
  const children = new Map();
  for (const contender of contenders) {
    const options = JSON.stringify({ contender, workload, task, baseURL });
    const child = fork(new URL('./worker.mjs', import.meta.url), [options], {
      execArgv: ['--expose-gc'],
    });
    children.set(contender, child);
    await reply(child, contender);
  }
  return {
    turn: (contender, request) => {
      const child = children.get(contender);
      child.send(request);
      return reply(child, contender);
    },
    close: () => children.forEach((child) => child.kill()),
  };
}

async function reply(child, contender) {
  const settled = new AbortController();
  const { signal } = settled;
  const message = once(child, 'message', { signal }).then(([value]) => value);
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${contender} has ended with code ${code}`);
  });
  try {
    return await Promise.race([message, exit]);
  } finally {
    message.catch(() => {});
    exit.catch(() => {});
    settled.abort();
  }
}
