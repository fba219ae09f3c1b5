// Deno's own server: `deno serve --host 127.0.0.1 --allow-net --allow-env samples/frameworks/deno.ts`
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, primedSseResponse, readRunRequest, runOf } from 'rxlm/sse';
import { MODEL } from '../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);

export default {
  fetch: (request: Request) =>
    primedSseResponse(runOf(model, readRunRequest(request), { limit }), { signal: request.signal }),
};
