import { ChatPromptTemplate, StringOutputParser, toAsyncIterable } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { API_KEY, MAX_TOKENS, once, QUESTION } from './contender.mjs';

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
