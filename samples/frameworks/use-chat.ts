import express from 'express';
import { runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { fromUIMessages, limitStreams, readRunRequest, writeUIMessageStream } from 'rxlm/sse';
import { z } from 'zod';
import { MODEL } from '../model.ts';

const depth = tool({
  name: 'depth',
  description: 'How deep a sea of the moon is, in metres.',
  schema: z.object({ sea: z.string() }),
  func: ({ sea }) => ({ sea, metres: 0 }),
});
const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const agent = runTools(model, [depth]);
const limit = limitStreams(100);
const app = express();

app.post('/api/chat', async (request, response) => {
  const { messages } = (await readRunRequest(request)) as { messages: [] };
  const history = fromUIMessages(messages, { tools: [depth] });
  writeUIMessageStream(response, (config) => agent.stream$(history, config).pipe(limit));
});
app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
