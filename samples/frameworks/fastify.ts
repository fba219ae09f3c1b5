import fastify from 'fastify';
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, readRunRequest, runOf, writeSse } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);
const app = fastify();

app.post('/chat', (request, reply) => {
  writeSse(reply, runOf(model, readRunRequest(request), { limit }), { primed: true });
});
await app.listen({ port: Number(process.env['PORT'] ?? 8080), host: '127.0.0.1' });
