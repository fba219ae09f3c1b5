import { describeValue } from '../../core/internal/describe-value.js';
import { ParseError } from '../../errors/parse-error.js';
import { IncrementalJson } from '../../json/incremental-json.js';
import type { JsonProblem } from '../../json/json-problem.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import { unfinishedAnswer } from '../../parsers/internal/unfinished-answer.js';

/**
 * @internal Reads the arguments of a call of one tool from the chunks of a message. If there are several calls, the first
 * counts. A chunk with another message id starts over, as in the fold of messages.
 */
export class CallReader {
  readonly #parser: string;
  readonly #tool: string;
  #id: string | undefined;
  #index: number | undefined;
  #args = '';
  #text = '';
  #json = new IncrementalJson();
  #settled: ToolCall | InvalidToolCall | undefined;
  #finishReason: FinishReason | undefined;

  constructor(parser: string, tool: string) {
    this.#parser = parser;
    this.#tool = tool;
  }

  /** The arguments so far; undefined before there are any. */
  add(chunk: AIMessageChunk): unknown {
    if (this.#id !== undefined && chunk.id !== this.#id) this.#beginAnew();
    this.#id = chunk.id;
    this.#text += chunk.text;
    for (const { name, index, args } of chunk.tool_call_chunks) {
      if (name === this.#tool) this.#index ??= index;
      if (index === this.#index) this.#push(args);
    }
    const calls = [...chunk.tool_calls, ...chunk.invalid_tool_calls];
    const call = calls.find(({ name }) => name === this.#tool);
    if (call !== undefined) this.#settle(call);
    this.#finishReason = chunk.finish_reason ?? this.#finishReason;
    return this.#json.value;
  }

  /** The arguments. Throws a `ParseError` if there is no complete call, the message was cut off or refused, or the arguments are not a JSON object. */
  end(): unknown {
    const finishReason = this.#finishReason;
    // A call that was complete before the limit counts; no call of a refused message does.
    if (this.#settled?.type !== 'tool_call' || finishReason === 'content_filter') {
      const unfinished = unfinishedAnswer(this.#parser, finishReason, this.#answer);
      if (unfinished !== undefined) throw unfinished;
    }
    if (this.#settled === undefined) {
      const why =
        finishReason === undefined ? '' : `: it ended with ${describeValue(finishReason)}`;
      throw this.#error(`the model did not call ${describeValue(this.#tool)} to the end${why}`);
    }
    const problem = this.#json.finish();
    if (problem !== undefined) throw this.#error(problem.message, problem);
    if (this.#settled.type === 'invalid_tool_call') throw this.#error(this.#settled.error);
    return this.#json.value;
  }

  #beginAnew(): void {
    this.#index = undefined;
    this.#args = '';
    this.#text = '';
    this.#json = new IncrementalJson();
    this.#settled = undefined;
    this.#finishReason = undefined;
  }

  #settle(call: ToolCall | InvalidToolCall): void {
    if (this.#settled !== undefined) return;
    this.#settled = call;
    // A model that does not stream sends no pieces, and neither does a call without arguments.
    if (this.#args === '')
      this.#push(typeof call.args === 'string' ? call.args : JSON.stringify(call.args));
  }

  #push(args: string): void {
    this.#args += args;
    this.#json.push(args);
  }

  #error(reason: string, problem?: JsonProblem): ParseError {
    return new ParseError(`${this.#parser}: ${reason}. The error's text has the answer`, {
      code: problem?.reason === 'limit' ? 'too_large' : 'not_json',
      text: this.#answer,
    });
  }

  get #answer(): string {
    return this.#args === '' ? this.#text : this.#args;
  }
}
