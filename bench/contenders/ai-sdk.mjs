import { createAnthropic } from '@ai-sdk/anthropic';
import { jsonSchema, Output, streamText } from 'ai';
import { API_KEY, MAX_TOKENS, once, QUESTION, SCHEMA } from './contender.mjs';

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

export const thinking = (baseURL) => {
  const claude = open(baseURL);
  return {
    fullStream: async (model, take) => {
      const { fullStream } = streamText({
        model: claude(model),
        prompt: QUESTION,
        maxOutputTokens: MAX_TOKENS,
      });
      for await (const part of fullStream) if (part.type === 'reasoning-delta') take(part.text);
    },
  };
};

export const tools = (baseURL) => {
  const claude = open(baseURL);
  const output = Output.object({ schema: jsonSchema(SCHEMA) });
  return {
    // It asks a model that it does not know for the object by a tool, named `json`.
    partialOutputStream: async (model, take) => {
      const { partialOutputStream } = streamText({
        model: claude(model),
        prompt: QUESTION,
        maxOutputTokens: MAX_TOKENS,
        output,
      });
      let last;
      let seen = 0;
      for await (const value of partialOutputStream) {
        seen += value.records?.length ?? 0;
        last = value;
      }
      if (seen === 0) throw new Error('nothing was seen while it grew');
      take(JSON.stringify(last));
    },
  };
};
