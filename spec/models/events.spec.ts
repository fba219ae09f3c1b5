import { expectTypeOf } from 'expect-type';
import type { AIMessage, AIMessageChunk, RunEventData } from 'rxlm';
import { saying } from '../support/models.js';
import { watch } from '../support/run-events.js';

describe('the events of models', () => {
  it('[7] say what they carry', () => {
    expectTypeOf<RunEventData['on_chat_model_stream']>().toEqualTypeOf<{ chunk: AIMessageChunk }>();
    expectTypeOf<RunEventData['on_chat_model_end']['output']>().toEqualTypeOf<
      AIMessage | undefined
    >();
    expectTypeOf<RunEventData['on_chat_model_retry']>().toHaveProperty('delayMs');
    const texts = watch(saying('gold', 'fish').events$('q')).values.flatMap((event) =>
      event.event === 'on_chat_model_stream' ? [event.data.chunk.text] : [],
    );
    expect(texts).toEqual(['gold', 'fish']);
  });
});
