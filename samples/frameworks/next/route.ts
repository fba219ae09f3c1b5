// A route of Next.js, `app/chat/route.ts`.
import { ChatAnthropic } from 'rxlm/anthropic';
import { limitStreams, primedSseResponse, readRunRequest, runOf } from 'rxlm/sse';
import { MODEL } from '../../model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const limit = limitStreams(100);

export const POST = (request: Request) =>
  primedSseResponse(runOf(model, readRunRequest(request), { limit }), { signal: request.signal });
