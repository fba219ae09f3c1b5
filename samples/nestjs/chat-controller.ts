import { Controller, HttpCode, Req, RequestMethod, Sse, SseSignal } from '@nestjs/common';
import type { ChatModel } from 'rxlm';
import { InjectModel, primedForNest, toMessageEvents } from 'rxlm/nestjs';
import { limitStreams, type NodeRequestLike, readRunRequest, runOf } from 'rxlm/sse';

const limit = limitStreams(Number(process.env['MAX_STREAMS'] ?? 100));

@Controller()
export class ChatController {
  constructor(@InjectModel('fast') private readonly model: ChatModel) {}

  @Sse('chat', { method: RequestMethod.POST })
  @HttpCode(200)
  async chat(@Req() request: NodeRequestLike, @SseSignal() signal: AbortSignal) {
    const run = runOf(this.model, readRunRequest(request), { limit });
    return (await primedForNest(run, { signal })).pipe(toMessageEvents());
  }
}
