import { isRecord } from '../../core/internal/is-record.js';
import { parseEvent } from '../../http/decoder/event-json.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import type { ContentBlock } from '../../messages/content.js';
import type { MessageWarning } from '../../messages/message.js';
import { finishReasonOf, isFailure } from '../internal/finish-reason.js';
import { groundingCitations, quotedSources } from './citations.js';
import { GoogleCalls, type SettledCall } from './google-calls.js';
import { toBlock } from './to-block.js';
import { readUsage } from './usage.js';

/** What a response says of its message; the last value counts. */
const OF_RESPONSE = ['createTime', 'modelStatus'];
/** The same of a candidate. */
const OF_CANDIDATE = [
  ...['safetyRatings', 'finishMessage', 'urlContextMetadata', 'avgLogprobs', 'tokenCount'],
];
const KNOWN = ['candidates', 'promptFeedback', 'usageMetadata', 'responseId', 'modelVersion'];

/**
 * @internal Decodes the responses of Google's `streamGenerateContent?alt=sse` into the chunks of one message.
 *
 * The message is complete at the end of the body, if a `finishReason` or a `blockReason` came before it: older models
 * say `STOP` in every response, so the last one counts. Calls are emitted only then, in the last chunk. An `error` fails
 * the message, whatever else has been said.
 *
 * @see https://ai.google.dev/api/generate-content
 */
export class GoogleDecoder implements StreamDecoder {
  complete = false;
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #calls: GoogleCalls;
  readonly #metadata: Record<string, unknown> = {};
  readonly #logprobs: unknown[] = [];
  readonly #quoted: unknown[] = [];
  readonly #warnings: MessageWarning[] = [];
  #grounding: Json = {};
  #finishWord: string | undefined;
  #blocked = false;
  #usage: Json | undefined;
  #started = false;

  constructor(context: DecoderContext) {
    const { messageId, limits, fail } = context;
    this.#context = context;
    this.#message = new MessageWriter(context);
    this.#calls = new GoogleCalls(messageId, { ...limits, fail }, (problem) =>
      fail('bad_stream', `the stream is broken: ${problem}`),
    );
  }

  event(_name: string, data: string): boolean {
    if (this.complete || data.trim() === '' || data === '[DONE]') return false;
    const response = parseEvent(data, this.#context);
    if (!isRecord(response))
      throw this.#context.fail('bad_stream', 'the stream is broken: a response is no object');
    if (response['error'] !== undefined && response['error'] !== null) {
      this.#tellUsage();
      throw this.#context.reported(response);
    }
    if (!KNOWN.some((key) => response[key] !== undefined)) {
      this.#context.unknown(response);
      return true;
    }
    this.#add(response);
    return true;
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    if (rest !== undefined && !this.complete) this.#addUnterminated(rest.data);
    if (!this.complete && (this.#finishWord !== undefined || this.#blocked)) this.#finish();
    if (!this.complete) this.#tellUsage();
    return this.complete;
  }

  /** The last event may lack its blank line, but not a part of its JSON. */
  #addUnterminated(data: string): void {
    try {
      JSON.parse(data);
    } catch {
      return;
    }
    const message = 'The stream ended without the blank line after its last event.';
    this.#warnings.push({ code: 'unterminated', message });
    this.event('', data);
  }

  #add(response: Json): void {
    const { responseId, modelVersion, promptFeedback, usageMetadata } = response;
    this.#metadata['id'] ??= nonEmpty(responseId);
    this.#metadata['model'] ??= nonEmpty(modelVersion);
    this.#keep(response, OF_RESPONSE);
    // The first ones of Vertex have no counts.
    if (readUsage(usageMetadata) !== undefined) this.#usage = usageMetadata as Json;
    if (isRecord(promptFeedback)) {
      this.#metadata['promptFeedback'] = promptFeedback;
      if (nonEmpty(promptFeedback['blockReason']) !== undefined) this.#blocked = true;
    }
    for (const candidate of arrayOf(response['candidates']))
      if (isRecord(candidate) && (candidate['index'] ?? 0) === 0) this.#addCandidate(candidate);
  }

  #addCandidate(candidate: Json): void {
    const { content, finishReason, groundingMetadata, citationMetadata, logprobsResult } =
      candidate;
    if (isRecord(content))
      for (const part of arrayOf(content['parts'])) if (isRecord(part)) this.#addPart(part);
    this.#keep(candidate, OF_CANDIDATE);
    if (isRecord(groundingMetadata)) this.#grounding = { ...this.#grounding, ...groundingMetadata };
    if (isRecord(citationMetadata))
      this.#quoted.push(
        ...arrayOf(citationMetadata['citations'] ?? citationMetadata['citationSources']),
      );
    if (isRecord(logprobsResult)) this.#logprobs.push(logprobsResult);
    const word = nonEmpty(finishReason);
    if (word !== undefined && word !== 'FINISH_REASON_UNSPECIFIED') this.#finishWord = word;
  }

  #keep(said: Json, names: readonly string[]): void {
    for (const name of names)
      if (said[name] !== undefined && said[name] !== null) this.#metadata[name] = said[name];
  }

  #addPart(part: Json): void {
    const { text, thought, functionCall } = part;
    const signature = nonEmpty(part['thoughtSignature']) ?? nonEmpty(part['thought_signature']);
    if (isRecord(functionCall)) {
      this.#start();
      const chunk = this.#calls.add(functionCall, signature);
      if (chunk !== undefined) this.#message.call(chunk);
    } else if (typeof text === 'string') {
      if (text !== '' || signature !== undefined) this.#addText(text, thought === true, signature);
    } else {
      const block = toBlock(part, signature);
      if (block === undefined) return;
      this.#start();
      this.#message.block(block);
    }
  }

  /** A part with a signature is a block of its own: it has to be sent back as it came. */
  #addText(text: string, isThought: boolean, signature: string | undefined): void {
    this.#start();
    if (signature === undefined)
      if (isThought) this.#message.piece('thinking', { thinking: text });
      else this.#message.text(text);
    else if (isThought) this.#message.block({ type: 'thinking', thinking: text, signature });
    else this.#message.block({ type: 'text', text, thoughtSignature: signature });
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const { id, model } = this.#metadata;
    this.#message.fields({
      response_metadata: {
        ...(id === undefined ? {} : { id }),
        ...(model === undefined ? {} : { model }),
      },
      usage_metadata: readUsage(this.#usage),
    });
  }

  /** Before an error: a message that is not complete has been paid for, too. */
  #tellUsage(): void {
    if (this.#started && this.#usage !== undefined)
      this.#message.fields({ usage_metadata: readUsage(this.#usage) });
  }

  #finish(): void {
    const word = this.#finishWord;
    if (word !== undefined && isFailure(word)) {
      this.#tellUsage();
      const message = nonEmpty(this.#metadata['finishMessage']) ?? 'the answer failed';
      throw this.#context.reported({ error: { status: word, message } });
    }
    this.complete = true;
    const citations = [...groundingCitations(this.#grounding), ...quotedSources(this.#quoted)];
    if (citations.length > 0) this.#message.citations(citations);
    const calls = this.#calls.settle();
    const settled = calls.map(({ call }) => call);
    const usage_metadata = readUsage(this.#usage);
    if (usage_metadata === undefined)
      this.#warnings.push({ code: 'usage_missing', message: 'The provider did not report usage.' });
    this.#message.fields(
      {
        tool_calls: settled.filter((call) => call.type === 'tool_call'),
        invalid_tool_calls: settled.filter((call) => call.type === 'invalid_tool_call'),
        finish_reason:
          word === undefined ? 'content_filter' : finishReasonOf(word, settled.length > 0),
        usage_metadata,
        response_metadata: this.#wholeMetadata(word),
      },
      this.#callBlocks(calls),
    );
  }

  #wholeMetadata(word: string | undefined): Json {
    const hasGrounding = Object.keys(this.#grounding).length > 0;
    return {
      ...Object.fromEntries(Object.entries(this.#metadata).filter(([, value]) => value != null)),
      ...(word === undefined ? {} : { finishReason: word }),
      ...(hasGrounding ? { groundingMetadata: this.#grounding } : {}),
      ...(this.#quoted.length > 0 ? { citationMetadata: { citations: this.#quoted } } : {}),
      ...(this.#logprobs.length > 0 ? { logprobsResult: this.#logprobs } : {}),
      ...(this.#usage === undefined ? {} : { usageMetadata: this.#usage }),
      ...(this.#warnings.length > 0 ? { warnings: [...this.#warnings] } : {}),
    };
  }

  /** Calls that have a signature or an id of Google's stand in the content, where these are kept. */
  #callBlocks(calls: readonly SettledCall[]): readonly ContentBlock[] {
    if (calls.every(({ ownId, signature }) => ownId === undefined && signature === undefined))
      return [];
    return calls.map(({ call, ownId, signature }) => ({
      index: this.#message.reserve(),
      type: 'tool_use',
      id: call.id,
      name: call.name,
      input: call.args,
      ...(ownId === undefined ? {} : { functionCallId: ownId }),
      ...(signature === undefined ? {} : { thoughtSignature: signature }),
    }));
  }
}
