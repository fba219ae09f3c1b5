// A server of nothing but Node, and a page that streams from it: `npx tsx samples/browser/server.ts`, then open the address
// that it prints. The key stays here; the page gets the model by `/chat`.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, readRunRequest, runOf, writeSse } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
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
const limit = limitStreams(100);

const server = createServer((request, response) => {
  const route = `${String(request.method)} ${String(request.url)}`;
  const send = (status: number, type: string, body: string) => {
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': "default-src 'self'",
    });
    response.end(body);
  };
  if (route === 'GET /') send(200, 'text/html; charset=utf-8', page);
  else if (route === 'GET /page.js') send(200, 'text/javascript; charset=utf-8', script);
  else if (route !== 'POST /chat') send(404, 'text/plain', 'nothing here');
  else writeSse(response, runOf(model, readRunRequest(request), { limit }), { primed: true });
});
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}/`);
});
