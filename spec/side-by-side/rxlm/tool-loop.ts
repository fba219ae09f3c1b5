import { runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const look = tool({
    name: 'look',
    schema: z.object({ bowl: z.string() }),
    func: ({ bowl }) => `2 goldfish in the ${bowl} bowl`,
  });
  const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024, baseURL });
  const agent = runTools(model, [look], { maxSteps: 5 });
  const subscription = agent.stream$('How many?').subscribe(({ text }) => show(text));
  return () => subscription.unsubscribe();
}
