import { type ObservableInput, of } from 'rxjs';
import {
  AIMessageChunk,
  type AnyMessage,
  type FinishReason,
  type InvalidToolCall,
  type RunConfig,
  type ToolCall,
} from 'rxlm';
import { FakeStream } from './models.js';

/** A model that plays a turn for each time it is called, and keeps what it was given; it has no more to say after them. */
export class ScriptedModel extends FakeStream {
  static override readonly lcName = 'ScriptedModel';
  /** The conversations that it was called with. */
  readonly asked: (readonly AnyMessage[])[];
  readonly configs: (RunConfig & { readonly tools?: readonly unknown[] | undefined })[];

  constructor(...turns: ObservableInput<string | AIMessageChunk>[]) {
    const asked: (readonly AnyMessage[])[] = [];
    const configs: RunConfig[] = [];
    super((messages, config) => {
      configs.push(config);
      return turns[asked.push(messages) - 1] ?? of('Nothing more.');
    });
    this.asked = asked;
    this.configs = configs;
  }
}

export const callOf = (id: string, name = 'echo', args: ToolCall['args'] = {}): ToolCall => ({
  type: 'tool_call',
  id,
  name,
  args,
});

export const invalidCallOf = (id: string, name = 'echo'): InvalidToolCall => ({
  type: 'invalid_tool_call',
  id,
  name,
  args: '{"a":',
  error: 'The arguments are no valid JSON.',
});

/**
 * The last chunk of a turn: its calls, as a model that streams them has them in its content, and why it
 * ended; `null` for a model that does not say.
 */
export function endOf(
  calls: readonly (ToolCall | InvalidToolCall)[],
  finish_reason: FinishReason | null = calls.length > 0 ? 'tool_call' : 'stop',
): AIMessageChunk {
  return new AIMessageChunk({
    content: calls.map(({ id, name }, index) => ({ index: index + 1, type: 'tool_use', id, name })),
    tool_calls: calls.filter((call) => call.type === 'tool_call'),
    invalid_tool_calls: calls.filter((call) => call.type === 'invalid_tool_call'),
    finish_reason: finish_reason ?? undefined,
  });
}
