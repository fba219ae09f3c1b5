import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createClient } from 'redis';
import { durableRuns, StringOutputParser } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { redisRunStore } from 'rxlm/redis';
import { limitStreams, runOf, runRoutes } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const PORT = Number(process.env['PORT'] ?? 8080);
const client = createClient({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379' });
client.on('error', (error: Error) => {
  console.error(`Redis: ${error.message}`);
});
await client.connect();

const answer = new ChatAnthropic({ model: MODEL, maxTokens: 1024 }).pipe(new StringOutputParser());
const runs = durableRuns({ store: redisRunStore({ client }), leaseMs: 5_000 });
const limit = limitStreams(100);
// A sample has no sessions: who knows the id of a run sees it. An application gives an `owner`.
const routes = runRoutes(runs, { source: (body) => runOf(answer, body, { limit }) });

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/': ['text/html; charset=utf-8', read('page.html')],
  '/page.js': ['text/javascript; charset=utf-8', read('page.js')],
};

const server = createServer((request, response) => {
  response.setHeader('x-served-by', String(process.pid));
  const { url = '/' } = request;
  const file = Object.hasOwn(files, url) ? files[url] : undefined;
  if (file !== undefined) {
    const [type, text] = file;
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': "default-src 'self'",
    });
    response.end(text);
  } else void routes.node(request, response);
});
server.listen(PORT, '127.0.0.1');
// A deploy: what this process produces ends as `producer_lost` at once, instead of after its lease.
process.once('SIGTERM', () => {
  void runs.close().finally(() => process.exit());
});
