import { connect, filter, map, merge } from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';

const model = new ChatAnthropic({ model: 'claude-3-haiku-20240307', maxTokens: 1024 });

model
  .events$('Write me a 1 verse song about goldfish on the moon')
  .pipe(
    connect((events$) =>
      merge(
        events$.pipe(
          filter(({ event }) => event === 'on_chat_model_start'),
          map(() => 'begun'),
        ),
        events$.pipe(
          filter((event) => event.event === 'on_chat_model_end'),
          map(({ data }) => `${String(data.output?.usage_metadata?.output_tokens)} tokens`),
        ),
      ),
    ),
  )
  .subscribe(console.log);
