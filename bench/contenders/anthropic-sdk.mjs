import Anthropic from '@anthropic-ai/sdk';
import { API_KEY, requestOf, streamOf } from './contender.mjs';

export const text = (baseURL) => {
  const client = new Anthropic({ apiKey: API_KEY, baseURL });
  return {
    create: async (model, take) => {
      for await (const event of await client.messages.create(streamOf(model)))
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
          if (take(event.delta.text) === true) break;
    },
    stream: async (model, take) => {
      for await (const event of client.messages.stream(requestOf(model)))
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
          if (take(event.delta.text) === true) break;
    },
  };
};
