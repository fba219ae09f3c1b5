// An application of Nest: a model by name, streamed by `@Sse` and POST behind guards and an interceptor.
// `CHAT_TOKEN=… npx tsx --tsconfig samples/nestjs/tsconfig.json samples/nestjs/main.ts`
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import { ChatAnthropic } from 'rxlm/anthropic';
import { RxlmModule } from 'rxlm/nestjs';
import { ChatController } from './chat-controller.js';
import { OpenStreams } from './open-streams.js';
import { TokenGuard } from './token-guard.js';

const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });

@Module({
  imports: [RxlmModule.forRoot({ models: { fast: model } })],
  controllers: [ChatController],
  providers: [
    OpenStreams,
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_GUARD, useExisting: OpenStreams },
    { provide: APP_INTERCEPTOR, useExisting: OpenStreams },
  ],
})
class AppModule {}

const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
