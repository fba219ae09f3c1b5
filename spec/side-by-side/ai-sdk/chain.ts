import { createAnthropic } from '@ai-sdk/anthropic';
import { streamText } from 'ai';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  const anthropic = createAnthropic({ baseURL: `${baseURL}/v1` });
  const prompt = ({ form, topic }: { form: string; topic: string }) => `A ${form} about ${topic}`;
  const { textStream } = streamText({
    model: anthropic('claude-haiku-4-5'),
    maxOutputTokens: 1024,
    prompt: prompt({ form: 'song', topic: 'goldfish' }),
    abortSignal: controller.signal,
  });
  const reading = async () => {
    for await (const text of textStream) show(text);
  };
  // What was aborted may reject as well.
  reading().catch(() => undefined);
  return () => controller.abort();
}
