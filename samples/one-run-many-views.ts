// One request, four views of it; `connect` has all of them in place before it starts, so that each sees the root's start.
import { connect, filter, map, merge } from 'rxjs';
import {
  type AIMessage,
  ChatPromptTemplate,
  selectRuns,
  rootChunks,
  rootOutput,
  StringOutputParser,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const chain = ChatPromptTemplate.fromMessages([['human', 'Write me a {form} about {topic}']])
  .pipe(new ChatAnthropic({ model: MODEL, maxTokens: 1024 }))
  .pipe(new StringOutputParser());

chain
  .events$({ form: '1 verse song', topic: 'goldfish on the moon' })
  .pipe(
    connect((event$) => {
      const runs$ = event$.pipe(
        filter(({ event }) => event.endsWith('_start')),
        map(({ name, parent_ids }) => `${'  '.repeat(parent_ids.length)}run ${name}`),
      );
      const chunks$ = event$.pipe(rootChunks<string>());
      const model$ = event$.pipe(selectRuns({ types: ['chat_model'] }), rootOutput<AIMessage>());
      const output$ = event$.pipe(rootOutput<string>());
      return merge(
        runs$,
        chunks$.pipe(map((text) => `chunk ${JSON.stringify(text)}`)),
        model$.pipe(map(({ usage_metadata }) => `${usage_metadata?.output_tokens} tokens`)),
        output$.pipe(map((text) => `all ${text.length} characters`)),
      );
    }),
  )
  .subscribe(console.log);
