import express from 'express';
import { runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { fromUIMessages, writeUIMessageStream } from 'rxlm/sse';
import { z } from 'zod';

const depth = tool({
  name: 'depth',
  description: 'How deep a sea of the moon is, in metres.',
  schema: z.object({ sea: z.string() }),
  func: ({ sea }) => ({ sea, metres: 0 }),
});
const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
const agent = runTools(model, [depth]);
const app = express().use(express.json({ limit: '1mb' }));

app.post('/api/chat', (request, response) => {
  const history = fromUIMessages((request.body as { messages: [] }).messages, { tools: [depth] });
  writeUIMessageStream(response, (config) => agent.stream$(history, config));
});
app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
