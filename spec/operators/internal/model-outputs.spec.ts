import { AIMessage, AIMessageChunk, HumanMessage, ToolMessage } from 'rxlm';
import { ModelOutputs } from '../../../lib/operators/internal/model-outputs.js';
import { event, streamEvent } from '../event.js';

const part = new AIMessageChunk('a');

describe('ModelOutputs', () => {
  it.each([part, new AIMessage('a')])('takes what is a message of a model: %s', (message) => {
    expect(new ModelOutputs().read(message)).toEqual({ source: '', part: message });
  });

  it.each([new HumanMessage('a'), new ToolMessage({ content: 'a', tool_call_id: 'c' })])(
    'takes another message for the end of one',
    (message) => {
      expect(new ModelOutputs().read(message)).toEqual({ source: '', part: undefined });
    },
  );

  it.each(['a', null, undefined, 1, {}, []])('passes over %j', (value) => {
    expect(new ModelOutputs().read(value as never)).toBeUndefined();
  });

  it('takes of events the chunks and endings of chat models, under their runs', () => {
    const outputs = new ModelOutputs();
    expect(outputs.read(event('on_chat_model_start'))).toBeUndefined();
    expect(outputs.read(streamEvent(part))).toEqual({ source: 'r', part });
    expect(outputs.read(event('on_chat_model_retry'))).toBeUndefined();
    expect(outputs.read(streamEvent(part, 'r', 'chain'))).toBeUndefined();
    expect(outputs.read(event('on_chain_end'))).toBeUndefined();
    expect(outputs.read(event('on_chat_model_cancel'))).toEqual({ source: 'r', part: undefined });
  });

  it('takes of a model in a model the outer one, also when the inner one was the first to stream', () => {
    const outputs = new ModelOutputs();
    const inside = { run_id: 'i', parent_ids: ['r'] };
    outputs.read(event('on_chat_model_start'));
    outputs.read(event('on_chat_model_start', inside));
    expect(outputs.read({ ...streamEvent(part), ...inside })).toBeUndefined();
    expect(outputs.read(event('on_chat_model_end', inside))).toBeUndefined();
    expect(outputs.read(streamEvent(part))).toEqual({ source: 'r', part });
  });
});
