import Anthropic from '@anthropic-ai/sdk';
import { API_KEY, requestOf, streamOf, TOOL } from './contender.mjs';

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

export const thinking = (baseURL) => {
  const client = new Anthropic({ apiKey: API_KEY, baseURL });
  const read = async (stream, take) => {
    for await (const event of stream)
      if (event.type === 'content_block_delta' && event.delta.type === 'thinking_delta')
        take(event.delta.thinking);
  };
  return {
    create: async (model, take) => read(await client.messages.create(streamOf(model)), take),
    stream: (model, take) => read(client.messages.stream(requestOf(model)), take),
  };
};

export const tools = (baseURL) => {
  const client = new Anthropic({ apiKey: API_KEY, baseURL });
  return {
    inputJson: async (model, take) => {
      let seen = 0;
      const message = await client.messages
        .stream({ ...requestOf(model), tools: [TOOL] })
        .on('inputJson', (_piece, value) => (seen += value.records?.length ?? 0))
        .finalMessage();
      if (seen === 0) throw new Error('nothing was seen while it grew');
      take(JSON.stringify(message.content[0].input));
    },
  };
};
