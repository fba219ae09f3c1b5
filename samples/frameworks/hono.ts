import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, primedSseResponse, readRunRequest, runOf } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);
const app = new Hono();

app.post('/chat', ({ req: { raw } }) =>
  primedSseResponse(runOf(model, readRunRequest(raw), { limit }), { signal: raw.signal }),
);
serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 8080), hostname: '127.0.0.1' });
