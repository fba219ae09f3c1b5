import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { ChatAnthropic } from 'rxlm/anthropic';
import { primedSseResponse, runOf } from 'rxlm/sse';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const app = new Hono();

app.post('/chat', async ({ req }) =>
  primedSseResponse(runOf(model, await req.json()), { signal: req.raw.signal }),
);
serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 8080), hostname: '127.0.0.1' });
