import { startFaultServer } from 'rxlm/testing';

/** What the soak asks its server, and what that answers; the first answer comes unasked. */
export type Question = 'sockets';
export interface ServerState {
  readonly url: string;
  readonly refusedUrl: string;
  readonly openSockets: number;
  readonly unplanned: readonly string[];
}

/** The fault server in a process of its own, so that nothing of its counts as the client's. */
const server = await startFaultServer();
const recordRun = (): void => {
  const { url, refusedUrl, openSockets, unplanned } = server;
  process.send?.({ url, refusedUrl, openSockets, unplanned } satisfies ServerState);
};
process.on('message', recordRun);
process.once('disconnect', () => {
  process.exit();
});
recordRun();
