import { createAnthropic } from '@ai-sdk/anthropic';
import { stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  const anthropic = createAnthropic({ baseURL: `${baseURL}/v1` });
  const look = tool({
    inputSchema: z.object({ bowl: z.string() }),
    execute: ({ bowl }) => `2 goldfish in the ${bowl} bowl`,
  });
  const { fullStream } = streamText({
    model: anthropic('claude-haiku-4-5'),
    maxOutputTokens: 1024,
    prompt: 'How many?',
    tools: { look },
    stopWhen: stepCountIs(5),
    abortSignal: controller.signal,
  });
  const reading = async () => {
    for await (const part of fullStream) {
      if (part.type === 'text-delta') show(part.text);
      else if (part.type === 'tool-result' && !part.dynamic) show(part.output);
    }
  };
  // What was aborted may reject as well.
  reading().catch(() => undefined);
  return () => controller.abort();
}
