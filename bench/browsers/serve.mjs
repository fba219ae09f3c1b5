import { createServer } from 'node:http';
import { setInterval } from 'node:timers';

/** Serves on a free port, which it tells its parent; asked, it tells the most memory that it had, and its CPU. */
export function serve(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1', 4096, () => {
    process.send?.(server.address().port);
  });
  let most = 0;
  setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 200);
  process.on('message', () => process.send?.({ most, cpu: process.cpuUsage() }));
}
