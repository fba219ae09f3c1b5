import express from 'express';
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, readRunRequest, runOf, writeSse } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);
const app = express();

app.post('/chat', (request, response) => {
  writeSse(response, runOf(model, readRunRequest(request), { limit }), { primed: true });
});
app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
