// Constants that a user exports with inferred types: a spec compiles this file with `declaration: true` against the packed package.
import { map, of } from 'rxjs';
import * as r from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { fromAiSdk } from 'rxlm/ai-sdk';
import { ChatGoogle } from 'rxlm/google';
import { ChatOpenAI } from 'rxlm/openai';
import {
  remoteRunnable,
  remoteAgent,
  RemoteChatModel,
  toUIMessageStream,
  runOf,
  readRunRequest,
  toSseResponse,
  fromUIMessages,
  runRoutes,
} from 'rxlm/sse';
import { z } from 'zod';
export const model = new ChatAnthropic({ model: 'm' });
export const sdk = fromAiSdk({} as Parameters<typeof fromAiSdk>[0]);
export const gemini = new ChatGoogle({ model: 'm' });
export const gpt = new ChatOpenAI({ model: 'm' });
export const bound = model.bind({ stop: ['x'] });
export const prompt = r.ChatPromptTemplate.fromMessages([['human', '{q}']]);
export const text = r.PromptTemplate.fromTemplate('{q}');
export const chain = prompt.pipe(model).pipe(new r.StringOutputParser());
export const json = prompt.pipe(model).pipe(new r.JsonOutputParser<{ a: string }>());
export const length = r.lambda((s: string) => s.length);
export const both = r.parallel({
  a: chain,
  b: r.lambda((_: { q: string }) => 1),
  c: (i: { q: string }) => i.q,
});
export const assigned = r.RunnablePassthrough.assign({ n: ({ q }: { q: string }) => q.length });
export const picked = both.pipe(r.pick('a'));
export const some = both.pipe(r.pick(['a', 'b']));
export const chosen = r.branch(
  [(x: string) => x === '', (x: string) => x],
  (x: string) => x.length,
);
export const retried = r.withRetry(chain);
export const retriedModel = r.withRetry(model);
export const fallen = r.withFallbacks(chain, [length as never]);
export const configured = r.withConfig(chain, { tags: ['a'] });
export const stepped = prompt.pipe(model).pipe(r.step(map((c) => c.text)));
export const add = r.tool({
  name: 'add',
  description: 'adds',
  schema: z.object({ a: z.number() }),
  func: ({ a }) => a + 1,
});
export const agent = r.runTools(model, [add]);
export const typed = r.runTools(model, [add], { responseFormat: z.object({ a: z.string() }) });
export const structured = r.withStructuredOutput(model, z.object({ a: z.string() }));
export const raw = r.withStructuredOutput(model, z.object({ a: z.string() }), { includeRaw: true });
export const answer = agent.invoke('x');
export const events$ = chain.events$({ q: '' });
export const batch$ = chain.batch$([{ q: '' }]);
export const tree$ = events$.pipe(r.runTree());
export const runs$ = events$.pipe(r.selectRuns({ types: ['chat_model'] } as never));
export const state$ = model.stream$('x').pipe(r.toChatState());
export const conversation = r.conversation({ source: model });
export const trimmed = r.trimMessages([], { maxMessages: 9 });
export const blocks$ = model.stream$('x').pipe(r.blocks());
export const calls$ = model.stream$('x').pipe(r.toolCalls());
export const usage$ = model.stream$('x').pipe(r.usage());
export const message$ = model.stream$('x').pipe(r.foldMessages());
export const message = model.invoke('x');
export const content = message.then((m) => m.content);
export const meta = message.then((m) => m.response_metadata);
export const invalid = message.then((m) => m.invalid_tool_calls);
export const iterable = r.toAsyncIterable(model.stream$('x'));
export const native = r.toNativeObservable(of(1));
export const at$ = json.stream$({ q: '' }).pipe(r.atPath('$.a' as never));
export const parts = r.parsePartialJson('{');
export const patch = r.diffJson({}, { a: 1 });
export const tooled = model.bindTools([add]);
export const each = new r.RunnableEach(length);
export const remote = remoteRunnable<string, string>('http://x');
export const remoteModel = new RemoteChatModel('http://x');
export const remoteA = remoteAgent('http://x');
export const ui$ = agent.stream$('x').pipe(toUIMessageStream());
export const asked = readRunRequest({} as Request);
export const ran = runOf(model, {});
export const response = toSseResponse(model.stream$('x'));
export const ms = fromUIMessages([]);
export const asTool = r.asTool(chain, { name: 'x', description: 'y' } as never);
export const store = r.memoryRunStore();
export const runs = r.durableRuns();
export const joined$ = runs.join$<string>('x');
export const routes = runRoutes(runs, { source: () => of(1) });
