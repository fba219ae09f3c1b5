import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import { of } from 'rxjs';
import { AIMessage, AIMessageChunk, type MessagesInput } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { tool } from '../../lib/tools/tool';
import { StructuredTool } from '../../lib/tools/structured-tool';
import { runTools } from '../../lib/runnables/run-tools';
import { withStructuredOutput } from '../../lib/runnables/with-structured-output';
import { FakeStream } from '../support/models';

it('x', async () => {
  const add = tool({ name: 'add', schema: z.object({ a: z.number(), b: z.string().transform((s) => s.length) }), func: ({ a, b }, config) => { expectTypeOf(a).toEqualTypeOf<number>(); expectTypeOf(b).toEqualTypeOf<number>(); expectTypeOf(config.signal).toEqualTypeOf<AbortSignal>(); return of(a + b); } });
  expectTypeOf(add).toEqualTypeOf<StructuredTool<{ a: number; b: string }, number>>();
  expect(await add.invoke({ a: 1, b: 'xx' })).toBe(3);
  // @ts-expect-error
  await add.invoke({ a: '1', b: 'xx' }).catch((e) => console.log(String(e)));
  const j = tool({ name: 'j', schema: { type: 'object' }, func: (args) => { expectTypeOf(args).toEqualTypeOf<Readonly<Record<string, unknown>>>(); return 'x'; } });
  const k = tool({ name: 'k', schema: { type: 'object' }, validate: (v) => ({ value: String(v) }), func: async (s) => { expectTypeOf(s).toEqualTypeOf<string>(); return s; } });
  expectTypeOf(k).toEqualTypeOf<StructuredTool<string, string>>();
  const agent = runTools(new ChatAnthropic({ model: 'x', apiKey: 'k' }), [add, j, k, { type: 'web_search_20250305', name: 'web_search' }]);
  const so = withStructuredOutput(new ChatAnthropic({ model: 'x', apiKey: 'k' }), z.object({ t: z.string(), k: z.enum(['a', 'b']) }));
  expectTypeOf(so.invoke('x')).resolves.toEqualTypeOf<{ t: string; k: 'a' | 'b' }>();
  const model = new FakeStream(() => [new AIMessageChunk({ content: '', tool_calls: [{ type: 'tool_call', id: 'i', name: 'extract', args: { t: 'x', k: 'a' } }] })]);
  expect(await withStructuredOutput(model, z.object({ t: z.string(), k: z.enum(['a', 'b']) }), { includeRaw: true }).invoke('x')).toBe(1);
});
