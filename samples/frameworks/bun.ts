// Bun's own server: `bun samples/frameworks/bun.ts`
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, primedSseResponse, readRunRequest, runOf } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);

export default {
  port: Number(process.env['PORT'] ?? 8080),
  hostname: '127.0.0.1',
  // Bun closes a connection after ten seconds without a byte; rxlm has clocks of its own.
  idleTimeout: 0,
  fetch: (request: Request) =>
    primedSseResponse(runOf(model, readRunRequest(request), { limit }), { signal: request.signal }),
};
