// One interface: what is written for a ChatModel runs with any of them, streaming or not.
import { AIMessage, type AnyMessage, ChatModel } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';
import { MODEL } from './model.ts';

class Echo extends ChatModel {
  protected override generate(messages: readonly AnyMessage[]) {
    return Promise.resolve(new AIMessage(messages.at(-1)?.text ?? ''));
  }
}

// Each finds its server by the environment: ANTHROPIC_BASE_URL, OPENAI_BASE_URL, OLLAMA_HOST.
const models: readonly ChatModel[] = [
  new ChatAnthropic({ model: MODEL, maxTokens: 1024 }),
  new ChatOpenAI({ model: 'gpt-5-mini', maxTokens: 1024 }),
  new ChatOllama({ model: 'qwen3:4b', maxTokens: 1024 }),
  new Echo(),
];

for (const model of models) {
  const message = await model.invoke('Write me a 1 verse song about goldfish on the moon');
  console.log(`${model.name}: ${message.text}\n`);
}
