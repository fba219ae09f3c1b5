import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerState } from './server.js';

/** The fault server of a soak, in its own process. */
export class SoakServer {
  readonly url: string;
  readonly refusedUrl: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, refusedUrl }: ServerState) {
    this.#child = child;
    this.url = url;
    this.refusedUrl = refusedUrl;
  }

  static async start(): Promise<SoakServer> {
    const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)));
    const [state] = (await once(child, 'message')) as [ServerState];
    return new SoakServer(child, state);
  }

  async state(): Promise<ServerState> {
    this.#child.send('sockets');
    const [state] = (await once(this.#child, 'message')) as [ServerState];
    return state;
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}
