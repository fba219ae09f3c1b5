import { delay, type Observable, of } from 'rxjs';
import type { ChatModel } from '../models/chat-model.js';
import { JsonOutputParser } from '../parsers/json-output-parser.js';
import { StringOutputParser } from '../parsers/string-output-parser.js';
import { ChatPromptTemplate } from '../prompts/chat-prompt-template.js';
import { runTools } from '../runnables/agent/run-tools.js';
import type { RunConfig } from '../core/run-config.js';
import type { FaultServer } from '../testing/anthropic/fault-server.js';
import { recordingOf } from '../testing/anthropic/make-recording.js';
import { goldfishSync } from '../testing/anthropic/recordings/goldfish.js';
import type { Reply } from '../testing/anthropic/reply.js';
import { errorEvent } from '../testing/anthropic/wire-event.js';
import { tool } from '../tools/tool.js';

interface Question {
  readonly question: string;
}
interface Chain {
  stream$(input: Question, config: RunConfig): Observable<unknown>;
}

/** A run that the page can start: a chain over an answer that a server on this machine plays. */
export interface Scenario {
  readonly title: string;
  /** What a user writes for such a run. */
  readonly code: string;
  readonly input: Question;
  readonly chain: (model: ChatModel) => Chain;
  /** The answers, one a request; or the fault that the server has. */
  readonly answer: readonly Reply[] | ((server: FaultServer) => string);
}

const words = (text: string) => text.split(/(?<= )/);
const pieces = (json: string) => json.match(/.{1,4}/g) ?? [];
const usage = (input_tokens: number, output_tokens: number) => ({
  start: { input_tokens, output_tokens: 1 },
  end: { output_tokens },
});

const prompt = ChatPromptTemplate.fromMessages([['human', '{question}']]);
const song = { question: 'Write me a 1 verse song about goldfish on the moon' };
const asText = (model: ChatModel) => prompt.pipe(model).pipe(new StringOutputParser());
const asJson = (model: ChatModel) => prompt.pipe(model).pipe(new JsonOutputParser());

const get_weather = tool({
  name: 'get_weather',
  description: 'The weather in a city.',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  func: (args) => {
    const isGraz = (args as { city: string }).city === 'Graz';
    return of(isGraz ? 'sun, 21 °C' : 'snow, -2 °C').pipe(delay(isGraz ? 250 : 500));
  },
});

const textCode = `const chain = ChatPromptTemplate.fromMessages([['human', '{question}']])
  .pipe(model)
  .pipe(new StringOutputParser());
const run = chain.stream$({ question }, { listeners: [pageListener()] }).subscribe();
// Stop: closes the provider's socket
run.unsubscribe();`;
const toolsCode = `const get_weather = tool({
  name: 'get_weather',
  schema: z.object({ city: z.string() }),
  func: ({ city }) => weather.of$(city),
});
const chain = prompt.pipe(runTools(model, [get_weather]));
chain.stream$({ question }).subscribe();`;
const jsonCode = `const chain = prompt.pipe(model).pipe(new JsonOutputParser());
// each value is the object as far as it is known
chain.stream$({ question }).subscribe(render);`;
const faultCode = (options: string) => `const model = new ChatAnthropic({ ${options} });
prompt.pipe(model).stream$({ question }).subscribe({
  next: render,
  error: (error) => show(error.code, error.retryable),
});`;

const forecast =
  '{"city": "Graz", "days": [{"sky": "sun", "high": 21}, {"sky": "rain", "high": 15}]}';
const jsonQuestion = { question: 'The weather in Graz as JSON' };

/** The scenarios by the name that the page asks for. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  text: { title: 'Text', code: textCode, input: song, chain: asText, answer: [goldfishSync] },
  tools: {
    title: 'Tools in parallel',
    code: toolsCode,
    input: { question: 'How is the weather in Graz and Oslo?' },
    chain: (model) => prompt.pipe(runTools(model, [get_weather])),
    answer: [
      recordingOf({
        usage: usage(412, 61),
        content: [
          { thinking: words('Two cities, so I ask for both at once. ') },
          { tool: 'get_weather', id: 'call_graz', input: pieces('{"city": "Graz"}') },
          { tool: 'get_weather', id: 'call_oslo', input: pieces('{"city": "Oslo"}') },
        ],
      }),
      recordingOf({
        usage: usage(520, 24),
        tokens: words('Graz has sun and 21 degrees. Oslo has snow and 2 degrees below zero.'),
      }),
    ],
  },
  object: {
    title: 'Structured output',
    code: jsonCode,
    input: jsonQuestion,
    chain: asJson,
    answer: [recordingOf({ usage: usage(30, 40), tokens: pieces(forecast) })],
  },
  reasoning: {
    title: 'Reasoning',
    code: `chain.events$({ question }).pipe(modelOutput(), reasoningDeltas()).subscribe(show);`,
    input: { question: 'Is 391 a prime?' },
    chain: asText,
    answer: [
      recordingOf({
        usage: usage(18, 60),
        content: [
          { thinking: words('391 is 400 less 9, so 20² less 3². That is 17 times 23. ') },
          { text: words('No: 391 is 17 times 23.') },
        ],
      }),
    ],
  },
  retry: {
    title: '429, then fine',
    code: faultCode('maxRetries: 2'),
    input: song,
    chain: asText,
    answer: [
      {
        status: 429,
        headers: { 'retry-after-ms': '800' },
        body: { type: 'error', error: { type: 'rate_limit_error', message: 'Too many tokens' } },
      },
      goldfishSync,
    ],
  },
  overloaded: {
    title: 'Overloaded in mid-stream',
    code: faultCode("model: 'claude-haiku-4-5'"),
    input: song,
    chain: asText,
    answer: [[...goldfishSync.slice(0, 30), errorEvent('overloaded_error', 'Overloaded')]],
  },
  stall: {
    title: 'Stall',
    code: faultCode('timeouts: { idle: 1500 }'),
    input: song,
    chain: asText,
    answer: (server) => server.baseUrl('stall', { events: 4 }),
  },
  cut: {
    title: 'Cut connection',
    code: faultCode("model: 'claude-haiku-4-5'"),
    input: song,
    chain: asText,
    answer: (server) => server.baseUrl('reset', { events: 5 }),
  },
  malformed: {
    title: 'Malformed JSON',
    code: jsonCode,
    input: jsonQuestion,
    chain: asJson,
    answer: [
      recordingOf({
        usage: usage(30, 20),
        tokens: pieces('{"city": "Graz", "days": [{"sky": sun}]}'),
      }),
    ],
  },
  hostile: {
    title: 'Hostile answer',
    code: textCode,
    input: song,
    chain: asText,
    answer: [
      recordingOf({
        tokens: [
          '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>',
          ' \u202eevil\u2066 \u0000\u001b[31m ',
          '[link](javascript:alert(1)) ',
          'x'.repeat(1_000_000),
        ],
      }),
    ],
  },
  dense: {
    title: '5000 tokens',
    code: textCode,
    input: song,
    chain: asText,
    answer: [
      recordingOf({
        usage: usage(20, 5000),
        tokens: Array.from({ length: 5000 }, (_, n) => `${String(n)} `),
      }),
    ],
  },
};
