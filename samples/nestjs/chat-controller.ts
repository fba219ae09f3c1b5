import { Body, Controller, HttpCode, RequestMethod, Sse, SseSignal } from '@nestjs/common';
import type { ChatModel } from 'rxlm';
import { InjectModel, primed, toMessageEvents } from 'rxlm/nestjs';
import { runOf } from 'rxlm/sse';

@Controller()
export class ChatController {
  constructor(@InjectModel('fast') private readonly model: ChatModel) {}

  @Sse('chat', { method: RequestMethod.POST })
  @HttpCode(200)
  async chat(@Body() body: unknown, @SseSignal() signal: AbortSignal) {
    return (await primed(runOf(this.model, body), { signal })).pipe(toMessageEvents());
  }
}
