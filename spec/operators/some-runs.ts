import { from, type Observable, throwError } from 'rxjs';
import type { RunConfig } from '../../lib/core/run-config.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import type { AnyMessage } from '../../lib/messages/any-message.js';
import { ChatModel } from '../../lib/models/chat-model.js';
import { lambda } from '../../lib/runnables/lambda.js';

const usage = { input_tokens: 3, output_tokens: 1, total_tokens: 4 };

/** A model that says its chunks: an empty one, a word at a time, and its usage. */
export class Parrot extends ChatModel {
  static override readonly lcName = 'Parrot';
  requests = 0;

  protected override source$(messages: readonly AnyMessage[]): Observable<AIMessageChunk> {
    this.requests += 1;
    const words = (messages.at(-1)?.text ?? '').split(/(?<= )/);
    if (words[0] === 'fail') return throwError(() => new Error('lost'));
    return from([
      new AIMessageChunk({ content: '', usage_metadata: usage }),
      ...words.map((word) => new AIMessageChunk(word)),
      new AIMessageChunk({
        content: '',
        usage_metadata: { ...usage, output_tokens: words.length, total_tokens: 3 + words.length },
      }),
    ]);
  }
}

/** A chain: the model, twice, in a function, and its text. */
export function someChain(model = new Parrot()) {
  const twice = lambda(
    (text: string, config: RunConfig) =>
      model.stream$(`${text} twice`, { ...config, tags: ['second'] }),
    { name: 'twice' },
  );
  return lambda((text: string) => text.toLowerCase(), { name: 'lower' })
    .pipe(model)
    .pipe(lambda((message: { text: string }) => message.text, { name: 'text' }))
    .pipe(twice);
}
