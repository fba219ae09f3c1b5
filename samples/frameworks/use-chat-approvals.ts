import express from 'express';
import { createHmac } from 'node:crypto';
import { runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { fromUIMessages, limitStreams, readRunRequest, writeUIMessageStream } from 'rxlm/sse';
import { z } from 'zod';
import { MODEL } from '../model.ts';

const pay = tool({
  name: 'pay',
  description: 'Pays an amount, in euros.',
  schema: z.object({ amount: z.number() }),
  func: ({ amount }) => ({ paid: amount }),
});
// Without a function: the page runs it, and gives its result by `addToolOutput`.
const where = {
  name: 'where',
  description: 'Where the user is.',
  input_schema: { type: 'object', properties: {} },
};
const tools = [pay, where];
const agent = runTools(new ChatAnthropic({ model: MODEL, maxTokens: 1024 }), tools, {
  approve: () => 'pending',
});
const secret = process.env['SIGN_SECRET'] ?? crypto.randomUUID();
const limit = limitStreams(100);
const app = express();

app.post('/api/chat', async (request, response) => {
  // The proofs are good for this user alone.
  const user = 'ada';
  const sign = (text: string) =>
    createHmac('sha256', secret).update(`${user}:${text}`).digest('base64url');
  const { messages } = (await readRunRequest(request)) as { messages: [] };
  const history = fromUIMessages(messages, { tools, sign });
  const run = (config: object) => agent.stream$(history, config).pipe(limit);
  writeUIMessageStream(response, run, { sign });
});
app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
