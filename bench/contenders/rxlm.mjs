import { share } from 'rxjs';
import {
  ChatPromptTemplate,
  IncrementalJson,
  StringOutputParser,
  toAsyncIterable,
  withStructuredOutput,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { API_KEY, MAX_TOKENS, once, QUESTION, SCHEMA, TOOL } from './contender.mjs';

const open = (baseURL) =>
  once((model) => new ChatAnthropic({ model, maxTokens: MAX_TOKENS, apiKey: API_KEY, baseURL }));

export const text = (baseURL) => {
  const claude = open(baseURL);
  const chain = once((model) =>
    ChatPromptTemplate.fromMessages([['human', '{question}']])
      .pipe(claude(model))
      .pipe(new StringOutputParser()),
  );
  return {
    stream$: (model, take) => read(claude(model).stream$(QUESTION), (chunk) => take(chunk.text)),
    events$: (model, take) =>
      read(claude(model).events$(QUESTION), ({ event, data }) =>
        event === 'on_chat_model_stream' ? take(data.chunk.text) : undefined,
      ),
    'chain stream$': (model, take) => read(chain(model).stream$({ question: QUESTION }), take),
    'chain events$': (model, take) =>
      read(chain(model).events$({ question: QUESTION }), ({ event, data }) =>
        event === 'on_parser_stream' ? take(data.chunk) : undefined,
      ),
    toAsyncIterable: async (model, take) => {
      for await (const chunk of toAsyncIterable(claude(model).stream$(QUESTION)))
        if (take(chunk.text) === true) break;
    },
    invoke: async (model, take) => {
      take((await claude(model).invoke(QUESTION)).text);
    },
  };
};

export const thinking = (baseURL) => {
  const claude = open(baseURL);
  return {
    stream$: (model, take) =>
      read(claude(model).stream$(QUESTION), ({ content }) => {
        if (typeof content !== 'string')
          for (const block of content) if (block.type === 'thinking') take(block.thinking ?? '');
      }),
  };
};

export const tools = (baseURL) => {
  const claude = open(baseURL);
  const bound = once((model) =>
    claude(model).bindTools([{ name: TOOL.name, description: TOOL.description, schema: SCHEMA }]),
  );
  const structured = once((model) => withStructuredOutput(claude(model), SCHEMA));
  return {
    IncrementalJson: async (model, take) => {
      const json = new IncrementalJson();
      let seen = 0;
      await read(bound(model).stream$(QUESTION), ({ tool_call_chunks }) => {
        for (const { args } of tool_call_chunks) json.push(args);
        seen += json.value?.records?.length ?? 0;
      });
      if (seen === 0) throw new Error('nothing was seen while it grew');
      take(JSON.stringify(json.value));
    },
    withStructuredOutput: async (model, take) => {
      let last;
      let seen = 0;
      await read(structured(model).stream$(QUESTION), (value) => {
        seen += value.records?.length ?? 0;
        last = value;
      });
      if (seen === 0) throw new Error('nothing was seen while it grew');
      take(JSON.stringify(last));
    },
  };
};

export const shared = (baseURL) => {
  const claude = open(baseURL);
  const readBy = (subscribers) => async (model, take) => {
    const chunks$ = claude(model).stream$(QUESTION).pipe(share());
    const ignore = () => {};
    const others = Array.from({ length: subscribers - 1 }, () => read(chunks$, ignore));
    await Promise.all([read(chunks$, (chunk) => take(chunk.text)), ...others]);
  };
  return { 'share 1': readBy(1), 'share 10': readBy(10), 'share 100': readBy(100) };
};

/** Subscribes until the end, or until `take` wants no more. */
const read = (values$, take) =>
  new Promise((resolve, reject) => {
    const subscription = values$.subscribe({
      next: (value) => {
        if (take(value) !== true) return;
        subscription.unsubscribe();
        resolve();
      },
      error: reject,
      complete: resolve,
    });
  });
