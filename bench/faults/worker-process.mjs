import { fork } from 'node:child_process';
import { once } from 'node:events';

const worker = new URL('./worker.mjs', import.meta.url);

/** A process for one client. `play` has it play a variant; what takes it longer than `bound` by far is a hang. */
export class WorkerProcess {
  #child;

  constructor(client) {
    this.#child = fork(worker, [client], { execArgv: ['--expose-gc'], silent: true });
    this.#child.stdout.resume();
    this.#child.stderr.resume();
    this.exited = once(this.#child, 'exit').then(([code]) => ({ code, at: performance.now() }));
  }

  ready() {
    return once(this.#child, 'message');
  }

  async play(request) {
    const told = once(this.#child, 'message').then(([seen]) => seen);
    const crash = this.exited.then(({ code }) => ({ outcome: 'exit', exitCode: code }));
    let timer;
    const blocked = new Promise((resolve) => {
      timer = setTimeout(resolve, request.bound + 1000, { outcome: 'hang', blocked: true });
    });
    this.#child.send(request);
    const seen = await Promise.race([told, crash, blocked]);
    clearTimeout(timer);
    return { ...empty, ...seen };
  }

  kill() {
    this.#child.kill('SIGKILL');
  }
}

const empty = { text: '', texts: 0, length: 0, unhandled: [], warnings: [], printed: 0 };
