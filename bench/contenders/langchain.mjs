import { ChatAnthropic } from '@langchain/anthropic';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { API_KEY, MAX_TOKENS, once, QUESTION, TOOL } from './contender.mjs';

const open = (baseURL) =>
  once(
    (model) =>
      new ChatAnthropic({
        model,
        maxTokens: MAX_TOKENS,
        apiKey: API_KEY,
        anthropicApiUrl: baseURL,
      }),
  );

export const text = (baseURL) => {
  const claude = open(baseURL);
  const chain = once((model) =>
    ChatPromptTemplate.fromMessages([['human', '{question}']])
      .pipe(claude(model))
      .pipe(new StringOutputParser()),
  );
  return {
    stream: async (model, take) => {
      for await (const chunk of await claude(model).stream(QUESTION))
        if (take(chunk.text) === true) break;
    },
    streamEvents: async (model, take) => {
      for await (const { event, data } of claude(model).streamEvents(QUESTION, { version: 'v2' }))
        if (event === 'on_chat_model_stream' && take(data.chunk.text) === true) break;
    },
    'chain stream': async (model, take) => {
      for await (const piece of await chain(model).stream({ question: QUESTION }))
        if (take(piece) === true) break;
    },
    'chain streamEvents': async (model, take) => {
      const events = chain(model).streamEvents({ question: QUESTION }, { version: 'v2' });
      for await (const { event, data } of events)
        if (event === 'on_parser_stream' && take(data.chunk) === true) break;
    },
  };
};

export const thinking = (baseURL) => {
  const claude = open(baseURL);
  return {
    stream: async (model, take) => {
      for await (const { content } of await claude(model).stream(QUESTION))
        if (typeof content !== 'string')
          for (const block of content) if (block.type === 'thinking') take(block.thinking ?? '');
    },
  };
};

export const tools = (baseURL) => {
  const claude = open(baseURL);
  const bound = once((model) => claude(model).bindTools([TOOL]));
  return {
    concat: async (model, take) => {
      let message;
      let seen = 0;
      for await (const chunk of await bound(model).stream(QUESTION)) {
        message = message === undefined ? chunk : message.concat(chunk);
        seen += message.tool_calls?.[0]?.args.records?.length ?? 0;
      }
      if (seen === 0) throw new Error('nothing was seen while it grew');
      take(JSON.stringify(message.tool_calls[0].args));
    },
  };
};
