import { ChatPromptTemplate, StringOutputParser } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const chain = ChatPromptTemplate.fromMessages([['human', 'A {form} about {topic}']])
    .pipe(new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024, baseURL }))
    .pipe(new StringOutputParser());
  const subscription = chain.stream$({ form: 'song', topic: 'goldfish' }).subscribe(show);
  return () => subscription.unsubscribe();
}
