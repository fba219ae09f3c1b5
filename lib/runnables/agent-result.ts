import type { Accumulator } from '../core/fold-chunks.js';
import { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import { MessageAccumulator } from '../messages/message-accumulator.js';
import type { ToolMessage } from '../messages/tool-message.js';
import { isPaused, openCalls } from './open-calls.js';

/** How far an agent has come. */
export interface AgentState {
  /** What has been said since the input: by the model and by the tools, in order. */
  readonly messages: readonly (AIMessage | ToolMessage)[];
  /** The model's last message. */
  readonly output: AIMessage;
  /** Turns of the model. */
  readonly steps: number;
}

/** What an agent has come to. */
export interface AgentResult extends AgentState {
  /**
   * `done`: the model has said its last word (of its own accord or not: `output.finish_reason` says).
   * `max_steps`, `stop_when`: it would have gone on.
   */
  readonly finish: 'done' | 'max_steps' | 'stop_when';
}

/**
 * @internal What an agent has come to, of the chunks of its turns and the results of its tools.
 *
 * Chunks of another message begin another turn only if the one before was over. A message that another one follows
 * although it was neither answered nor paused has been given up, as in the fold of messages.
 */
export class AgentAccumulator implements Accumulator<AIMessageChunk | ToolMessage, AgentResult> {
  private readonly maxSteps: number;
  private readonly settled: (AIMessage | ToolMessage)[] = [];
  private turn: MessageAccumulator | undefined;
  private turnId: string | undefined;

  constructor(maxSteps: number) {
    this.maxSteps = maxSteps;
  }

  add(chunk: AIMessageChunk | ToolMessage): void {
    if (chunk.type === 'tool') {
      this.settleTurn();
      this.settled.push(chunk);
      return;
    }
    if (chunk.id !== this.turnId) {
      if (this.turn !== undefined && isPaused(this.turn.whole)) this.settleTurn();
      this.turnId = chunk.id;
    }
    this.turn ??= new MessageAccumulator();
    this.turn.add(chunk);
  }

  get state(): AgentState {
    const messages = [...this.settled];
    if (this.turn !== undefined) messages.push(this.turn.whole);
    const turns = messages.filter((message) => message.type === 'ai');
    return { messages, output: turns.at(-1) ?? new AIMessage(''), steps: turns.length };
  }

  get whole(): AgentResult {
    const { state } = this;
    const limit = state.steps < this.maxSteps ? 'stop_when' : 'max_steps';
    return { ...state, finish: wouldGoOn(state) ? limit : 'done' };
  }

  private settleTurn(): void {
    if (this.turn !== undefined) this.settled.push(this.turn.whole);
    this.turn = undefined;
  }
}

/** @internal Whether the model is to be called again, if nothing else stands against it. */
export function wouldGoOn({ output }: AgentState): boolean {
  return isPaused(output) || openCalls(output).length > 0;
}
