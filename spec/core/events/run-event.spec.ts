import { expectTypeOf } from 'expect-type';
import type { AIMessage, AIMessageChunk, RunEvent, RunEventName, RunEventOf } from 'rxlm';
import { saying } from '../../support/models.js';
import { watch } from '../../support/run-events.js';

describe('RunEvent', () => {
  it('is narrowed by its name', () => {
    const narrow = (event: RunEvent) => {
      switch (event.event) {
        case 'on_chat_model_stream':
          expectTypeOf(event.data).toEqualTypeOf<{ chunk: AIMessageChunk }>();
          return event.data.chunk.text;
        case 'on_chat_model_end':
          expectTypeOf(event.data.output).toEqualTypeOf<AIMessage | undefined>();
          return event.data.output?.text;
        case 'on_chain_error':
        case 'on_chat_model_error':
          expectTypeOf(event.data.error).toEqualTypeOf<Record<string, unknown>>();
          return event.data.error['message'];
        case 'on_chat_model_retry':
          expectTypeOf(event.data.delayMs).toEqualTypeOf<number>();
          return event.data.attempt;
        case 'on_custom_event':
          expectTypeOf(event.data).toEqualTypeOf<unknown>();
          return event.data;
        case 'on_chain_start':
          expectTypeOf(event.data.input).toEqualTypeOf<unknown>();
          return event.data.input;
        default:
          return event.name;
      }
    };
    expect(watch(saying('a').events$('q')).values.map(narrow)).toEqual(['FakeStream', 'a', 'a']);
  });

  it('has start, error and cancel for all types of runs, stream for those that report chunks', () => {
    type Phases<T extends string> = Extract<RunEventName, `on_${T}_${string}`>;
    expectTypeOf<Phases<'tool'>>().toEqualTypeOf<
      'on_tool_start' | 'on_tool_end' | 'on_tool_error' | 'on_tool_cancel'
    >();
    expectTypeOf<'on_parser_stream'>().toExtend<RunEventName>();
    expectTypeOf<'on_prompt_stream'>().not.toExtend<RunEventName>();
    expectTypeOf<RunEventOf<'on_chain_stream'>>().toExtend<RunEvent>();
  });
});
