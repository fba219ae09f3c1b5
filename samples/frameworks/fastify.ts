import fastify from 'fastify';
import { ChatAnthropic } from 'rxlm/anthropic';
import { runOf, writeSse } from 'rxlm/sse';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const app = fastify();

app.post('/chat', (request, reply) => {
  const run = runOf(model, request.body);
  writeSse(reply.hijack().raw, run, { primed: true });
});
await app.listen({ port: Number(process.env['PORT'] ?? 8080) });
