// A server of nothing but Node, and a page that streams from it: `npx tsx samples/browser/server.ts`, then open the address
// that it prints. The key stays here; the page gets the model by `/chat`.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ChatAnthropic } from 'rxlm/anthropic';
import { runOf, writeSse } from 'rxlm/sse';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const path = (file: string) => new URL(file, import.meta.url).pathname;
const { outputFiles } = await build({
  entryPoints: [path('page.ts')],
  bundle: true,
  format: 'esm',
  minify: true,
  write: false,
});
const page = readFileSync(path('page.html'), 'utf8');
const script = outputFiles[0]?.text ?? '';
const MAX_BODY = 1024 * 1024;
const MAX_STREAMS = 100;
let streams = 0;

const server = createServer((request, response) => {
  const route = `${String(request.method)} ${String(request.url)}`;
  const send = (status: number, type: string, body: string) => {
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': "default-src 'self'",
    });
    response.end(body);
  };
  if (!isOwn(request)) send(403, 'text/plain', 'not from here');
  else if (route === 'GET /') send(200, 'text/html; charset=utf-8', page);
  else if (route === 'GET /page.js') send(200, 'text/javascript; charset=utf-8', script);
  else if (route !== 'POST /chat') send(404, 'text/plain', 'nothing here');
  else if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    send(415, 'text/plain', 'JSON only');
  else if (Number(request.headers['content-length'] ?? Infinity) > MAX_BODY)
    send(413, 'text/plain', 'too large');
  else if (streams >= MAX_STREAMS) {
    response.setHeader('retry-after', '1');
    send(429, 'text/plain', 'too many streams');
  } else {
    streams += 1;
    response.on('close', () => {
      streams -= 1;
    });
    text(request)
      .then((body) => {
        writeSse(response, runOf(model, JSON.parse(body)), { primed: true });
      })
      .catch(() => {
        send(400, 'text/plain', 'what was asked for cannot be meant');
      });
  }
});
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}/`);
});

/** No other site may ask in a visitor's name, nor under a name that it has pointed here. */
function isOwn({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  return (
    /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) &&
    (origin ?? `http://${host}`) === `http://${host}`
  );
}
