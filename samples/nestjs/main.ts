// An application of Nest: a model by name, streamed by `@Sse` and POST behind a guard.
// `CHAT_TOKEN=… npx tsx --tsconfig samples/nestjs/tsconfig.json samples/nestjs/main.ts`
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { ChatAnthropic } from 'rxlm/anthropic';
import { RxlmExceptionFilter, RxlmModule } from 'rxlm/nestjs';
import { MODEL } from '../model.ts';
import { ChatController } from './chat-controller.js';
import { TokenGuard } from './token-guard.js';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

@Module({
  imports: [RxlmModule.forRoot({ models: { fast: model } })],
  controllers: [ChatController],
  providers: [
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_FILTER, useExisting: RxlmExceptionFilter },
  ],
})
class AppModule {}

const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
