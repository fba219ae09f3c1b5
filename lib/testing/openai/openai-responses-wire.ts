import { type ChatModelWire, finishOf, type WireAnswer } from '../contract/chat-model-wire.js';

const ID = 'resp_contract';

/** An item of the output, with the events that tell it. */
interface Item {
  readonly begun: object;
  readonly deltas: readonly { readonly type: string }[];
  readonly done: object;
}

/** OpenAI's Responses, for {@link describeChatModel}. */
export const openaiResponsesWire: ChatModelWire = {
  finishes: ['stop', 'length', 'tool_call', 'content_filter'],
  answer: (answer) => {
    const { usage = { input: 21, output: 73 } } = answer;
    const items = itemsOf(answer);
    const finish = finishOf(answer);
    const isIncomplete = finish === 'length' || finish === 'content_filter';
    const reason = finish === 'length' ? 'max_output_tokens' : 'content_filter';
    const head = { id: ID, object: 'response', model: 'a-model' };
    const events = [
      { type: 'response.created', response: { ...head, status: 'in_progress', output: [] } },
      ...items.flatMap(({ begun, deltas, done }, output_index) => [
        { type: 'response.output_item.added', output_index, item: begun },
        ...deltas.map((delta) => ({ ...delta, output_index })),
        { type: 'response.output_item.done', output_index, item: done },
      ]),
      {
        type: isIncomplete ? 'response.incomplete' : 'response.completed',
        response: {
          ...head,
          status: isIncomplete ? 'incomplete' : 'completed',
          ...(isIncomplete ? { incomplete_details: { reason } } : {}),
          output: items.map(({ done }) => done),
          usage: {
            input_tokens: usage.input,
            output_tokens: usage.output,
            total_tokens: usage.input + usage.output,
          },
        },
      },
    ];
    return { frames: events.map(frame), proof: events.length - 1, id: ID };
  },
  error: (message) => frame({ type: 'error', code: 'server_error', message }),
  refusal: (status, message) => ({ error: { message, type: null, param: null, code: null } }),
  ping: frame({ type: 'keepalive' }),
  unknown: (note) => frame({ type: 'response.of_the_future', note }),
};

function frame(event: Readonly<Record<'type', string> & Record<string, unknown>>): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function itemsOf({ reasoning = [], text = [], calls = [] }: WireAnswer): readonly Item[] {
  const thought = { type: 'reasoning', id: 'rs_contract' };
  const message = { type: 'message', id: 'msg_contract', role: 'assistant' };
  const content = [{ type: 'output_text', text: text.join(''), annotations: [] }];
  const summary = [{ type: 'summary_text', text: reasoning.join('') }];
  return [
    ...(reasoning.length === 0
      ? []
      : [
          {
            begun: { ...thought, summary: [] },
            deltas: reasoning.map((delta) => ({
              type: 'response.reasoning_summary_text.delta',
              summary_index: 0,
              delta,
            })),
            done: { ...thought, summary },
          },
        ]),
    ...(text.length === 0
      ? []
      : [
          {
            begun: { ...message, content: [] },
            deltas: text.map((delta) => ({
              type: 'response.output_text.delta',
              content_index: 0,
              delta,
            })),
            done: { ...message, content },
          },
        ]),
    ...calls.map(({ id, name, args }) => {
      const call = { type: 'function_call', id: `fc_${id}`, call_id: id, name };
      return {
        begun: { ...call, arguments: '' },
        deltas: args.map((delta) => ({ type: 'response.function_call_arguments.delta', delta })),
        done: { ...call, arguments: args.join('') },
      };
    }),
  ];
}
