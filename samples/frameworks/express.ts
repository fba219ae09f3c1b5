import express from 'express';
import { ChatAnthropic } from 'rxlm/anthropic';
import { runOf, writeSse } from 'rxlm/sse';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const app = express().use(express.json());

app.post('/chat', (request, response) => {
  writeSse(response, runOf(model, request.body), { primed: true });
});
app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
