import { ChatAnthropic } from '@langchain/anthropic';
import { type BaseMessage, HumanMessage, type ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { concat } from '@langchain/core/utils/stream';
import { z } from 'zod';

export function run(baseURL: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const look = tool(({ bowl }) => `2 goldfish in the ${bowl} bowl`, {
    name: 'look',
    schema: z.object({ bowl: z.string() }),
  });
  const model = new ChatAnthropic({
    model: 'claude-haiku-4-5',
    maxTokens: 1024,
    anthropicApiUrl: baseURL,
  }).bindTools([look]);
  const loop = async () => {
    const messages: BaseMessage[] = [new HumanMessage('How many?')];
    for (let step = 0; step < 5; step += 1) {
      let turn: Awaited<ReturnType<typeof model.invoke>> | undefined;
      for await (const chunk of await model.stream(messages, { signal })) {
        show(chunk.text);
        turn = turn === undefined ? chunk : concat(turn, chunk);
      }
      if (turn === undefined || turn.tool_calls?.length === 0) return;
      messages.push(turn);
      for (const call of turn.tool_calls ?? []) {
        const result = (await look.invoke(call as never, { signal })) as ToolMessage;
        show(result.text);
        messages.push(result);
      }
    }
  };
  // What was aborted rejects as well.
  loop().catch(() => undefined);
  return () => controller.abort();
}
