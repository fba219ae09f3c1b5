import type { AIMessage } from '../../messages/ai-message.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { ContentBlock, MessageContent } from '../../messages/content.js';
import { callBlock } from '../../messages/history/block-types.js';
import { type FakeChunk, type FakeToolCall, isAIMessage, isFinish } from './fake-answer.js';

/**
 * @internal Writes the chunks of one message in the form that providers' chunks have: text in strings as long as there
 * is nothing else, from then on in numbered blocks.
 */
export class ChunkWriter {
  readonly #callIds: string;
  #nextIndex = 0;
  /** The block that more text goes on in. */
  #textIndex: number | undefined;
  #plain = true;

  /** Made-up ids of tool calls begin with `callIds`. */
  constructor(callIds: string) {
    this.#callIds = callIds;
  }

  write(chunk: Exclude<FakeChunk, Error>): AIMessageChunk {
    if (typeof chunk === 'string') return new AIMessageChunk({ content: this.#writeText(chunk) });
    if (isFinish(chunk)) return new AIMessageChunk({ content: this.#plain ? '' : [], ...chunk });
    if ('tool_call_chunks' in chunk) {
      this.#follow(chunk.content);
      return chunk;
    }
    return isAIMessage(chunk) ? this.#writeMessage(chunk) : this.#writeCall(chunk);
  }

  #writeText(text: string): MessageContent {
    if (text === '') return text;
    this.#textIndex ??= this.#nextIndex++;
    return this.#plain ? text : [{ index: this.#textIndex, type: 'text', text }];
  }

  #writeMessage(message: AIMessage): AIMessageChunk {
    const { content, finish_reason, ...rest } = message;
    return new AIMessageChunk({
      ...rest,
      content:
        typeof content === 'string'
          ? this.#writeText(content)
          : content.map((block) => this.#writeBlock(block)),
      finish_reason: finish_reason ?? (rest.tool_calls.length > 0 ? 'tool_call' : undefined),
    });
  }

  #writeCall({ name, args, id: given }: FakeToolCall): AIMessageChunk {
    const index = this.#nextIndex;
    const id = given ?? `${this.#callIds}_${index}`;
    return new AIMessageChunk({
      content: [this.#writeBlock(callBlock(id, name, args))],
      tool_call_chunks: [{ index, id, name, args: JSON.stringify(args) }],
      tool_calls: [{ type: 'tool_call', id, name, args }],
      finish_reason: 'tool_call',
    });
  }

  #writeBlock(block: ContentBlock): ContentBlock {
    this.#plain = false;
    this.#textIndex = undefined;
    return { ...block, index: this.#nextIndex++ };
  }

  /** Goes on after a chunk that has been written by hand. */
  #follow(content: MessageContent): void {
    if (typeof content === 'string') {
      this.#writeText(content);
      return;
    }
    for (const { index } of content) {
      this.#plain = false;
      this.#textIndex = undefined;
      if (typeof index === 'number') this.#nextIndex = Math.max(this.#nextIndex, index + 1);
    }
  }
}
