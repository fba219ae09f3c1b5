import { createServer, request } from 'node:http';

/** Sends each request to the next server. What a server that is gone had begun is cut off, as by any load balancer. */
export function startBalancer(port: number, ports: readonly number[]) {
  let turn = 0;
  return createServer((asked, answer) => {
    const { method, url: path, headers } = asked;
    const target = { host: '127.0.0.1', port: ports[turn++ % ports.length], method, path, headers };
    const sent = request(target, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.on('error', () => answer.destroy()).pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    answer.on('close', () => sent.destroy());
    asked.pipe(sent);
  }).listen(port, '127.0.0.1');
}
