import { ChatAnthropic } from '@langchain/anthropic';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  const chain = ChatPromptTemplate.fromMessages([['human', 'A {form} about {topic}']])
    .pipe(
      new ChatAnthropic({
        model: 'claude-haiku-4-5',
        maxTokens: 1024,
        anthropicApiUrl: baseURL,
      }),
    )
    .pipe(new StringOutputParser());
  const reading = async () => {
    const input = { form: 'song', topic: 'goldfish' };
    for await (const text of await chain.stream(input, { signal: controller.signal })) show(text);
  };
  // What was aborted rejects as well.
  reading().catch(() => undefined);
  return () => controller.abort();
}
