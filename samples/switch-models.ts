// One interface: what is written for a ChatModel runs with any of them, streaming or not.
import { AIMessage, type AnyMessage, ChatModel } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';

class Echo extends ChatModel {
  protected override generate(messages: readonly AnyMessage[]) {
    return Promise.resolve(new AIMessage(messages.at(-1)?.text ?? ''));
  }
}

const models: readonly ChatModel[] = [
  new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 }),
  new Echo(),
];

for (const model of models) {
  const message = await model.invoke('Write me a 1 verse song about goldfish on the moon');
  console.log(`${model.name}: ${message.text}\n`);
}
