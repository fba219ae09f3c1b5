import fastify from 'fastify';
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, readRunRequest, runOf, writeSse } from 'rxlm/sse';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const limit = limitStreams(100);
const app = fastify();

app.post('/chat', (request, reply) => {
  writeSse(reply, runOf(model, readRunRequest(request), { limit }), { primed: true });
});
await app.listen({ port: Number(process.env['PORT'] ?? 8080), host: '127.0.0.1' });
