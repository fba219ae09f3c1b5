import { createAnthropic } from '@ai-sdk/anthropic';
import { streamText } from 'ai';
import { API_KEY, MAX_TOKENS, once, QUESTION } from './contender.mjs';

const open = (baseURL) => {
  const anthropic = createAnthropic({ apiKey: API_KEY, baseURL: `${baseURL}/v1` });
  return once((model) => anthropic(model));
};

export const text = (baseURL) => {
  const claude = open(baseURL);
  const ask = (model, controller) =>
    streamText({
      model: claude(model),
      prompt: QUESTION,
      maxOutputTokens: MAX_TOKENS,
      abortSignal: controller.signal,
    });
  return {
    // Leaving the loop does not cancel the request here: the signal does.
    textStream: async (model, take) => {
      const controller = new AbortController();
      for await (const piece of ask(model, controller).textStream)
        if (take(piece) === true) return controller.abort();
    },
    fullStream: async (model, take) => {
      const controller = new AbortController();
      for await (const part of ask(model, controller).fullStream)
        if (part.type === 'text-delta' && take(part.text) === true) return controller.abort();
    },
  };
};
