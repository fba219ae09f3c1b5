import Anthropic from '@anthropic-ai/sdk';
import { readFloor } from '../floor.mjs';
import { API_KEY, streamOf, TOOL } from './contender.mjs';

const textOf = (take) => (event) =>
  event.type === 'content_block_delta' && event.delta.type === 'text_delta'
    ? take(event.delta.text)
    : undefined;

const thinkingOf = (take) => (event) =>
  event.type === 'content_block_delta' && event.delta.type === 'thinking_delta'
    ? take(event.delta.thinking)
    : undefined;

export const text = (baseURL) => {
  const client = new Anthropic({ apiKey: API_KEY, baseURL });
  return {
    fetch: async (model, take) => readFloor(await post(baseURL, streamOf(model)), textOf(take)),
    asResponse: async (model, take) =>
      readFloor(await client.messages.create(streamOf(model)).asResponse(), textOf(take)),
  };
};

export const thinking = (baseURL) => ({
  fetch: async (model, take) => readFloor(await post(baseURL, streamOf(model)), thinkingOf(take)),
});

export const tools = (baseURL) => ({
  fetch: async (model, take) => {
    let json = '';
    await readFloor(await post(baseURL, { ...streamOf(model), tools: [TOOL] }), (event) => {
      if (event.type === 'content_block_delta') json += event.delta.partial_json;
    });
    take(JSON.stringify(JSON.parse(json)));
  },
});
const post = (baseURL, request) =>
  fetch(`${baseURL}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify(request),
  });
