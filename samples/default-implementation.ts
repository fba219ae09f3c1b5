// A model that cannot stream has `generate` only: its stream is that one message, `from(invoke())`.
import { AIMessage, ChatModel, type AnyMessage } from 'rxlm';

class Parrot extends ChatModel {
  protected override generate(messages: readonly AnyMessage[]) {
    return Promise.resolve(new AIMessage(`You said: ${messages.at(-1)?.text ?? 'nothing'}`));
  }
}

const parrot = new Parrot();

parrot.stream$('Hello!').subscribe((chunk) => {
  console.log(`${chunk.text}|`);
});
parrot.events$('Hello!').subscribe((event) => {
  console.log(event.event);
});
