import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { toAsyncIterable } from '../../core/demand/to-async-iterable.js';
import { hasCode, outcomeOf, withoutId } from './outcome.js';
import { checks, type Stage, streamed, type WireStage } from './contract-stage.js';

const CALLS = [
  { id: 'call_1', name: 'weather', args: ['{"city":', '"Graz"}'] },
  { id: 'call_2', name: 'time', args: ['{"zone":', '"CET","__proto__":', '{"admin":true}}'] },
];
const FULL = {
  text: ['Grüße ', 'an die 🐟'],
  calls: CALLS,
  usage: { input: 21, output: 73 },
};

/** What holds of every model's messages. */
export const messageChecks = checks<Stage>({
  'gives chunks whose fold is what invoke returns': async (stage) => {
    const { message } = await outcomeOf(stage.model(FULL));
    const invoked = await stage.model(FULL).invoke('Hi');
    deepEqual(withoutId(message), withoutId(invoked));
    equal(message.text, 'Grüße an die 🐟');
  },

  'reports each chunk by one event, before it is given out': async (stage) => {
    const { chunks, events } = await outcomeOf(stage.model(FULL));
    const streamed = events.filter(({ event }) => event === 'on_chat_model_stream');
    equal(streamed.length, chunks.length);
    const order: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const listener = ({ event }: { event: string }) =>
        event === 'on_chat_model_stream' && order.push('event');
      stage
        .model(FULL)
        .stream$('Hi', { listeners: [listener] })
        .subscribe({ next: () => order.push('value'), complete: resolve, error: reject });
    });
    deepEqual(
      order,
      chunks.flatMap(() => ['event', 'value']),
    );
  },

  'gives one id to all chunks of a message, that of its run, and another to the next': async (
    stage,
  ) => {
    const { chunks, events } = await outcomeOf(stage.model(FULL));
    const id = `run-${events[0]?.run_id ?? ''}`;
    ok(chunks.every((chunk) => chunk.id === id));
    notEqual((await stage.model(FULL).invoke('Hi')).id, id);
  },

  'has usage as a snapshot: the last one counts, and none is added to another': async (stage) => {
    const { message } = await outcomeOf(stage.model(FULL));
    const { input_tokens, output_tokens, total_tokens } = message.usage_metadata ?? {};
    deepEqual(
      { input_tokens, output_tokens, total_tokens },
      {
        input_tokens: 21,
        output_tokens: 73,
        total_tokens: 94,
      },
    );
  },

  'makes calls of strictly valid arguments, and keeps __proto__ in them as data': async (stage) => {
    const { message, chunks } = await outcomeOf(stage.model(FULL));
    deepEqual(
      message.tool_calls.map(({ id, name, args }) => ({ id, name, args: JSON.stringify(args) })),
      CALLS.map(({ id, name, args }) => ({ id, name, args: args.join('') })),
    );
    deepEqual(message.invalid_tool_calls, []);
    equal(({} as { admin?: boolean }).admin, undefined);
    const pieces = chunks.flatMap(({ tool_call_chunks }) => tool_call_chunks);
    const indexes = [...new Set(pieces.map(({ index }) => index))];
    deepEqual(
      indexes.map((index) =>
        pieces
          .filter((piece) => piece.index === index)
          .map(({ args }) => args)
          .join(''),
      ),
      CALLS.map(({ args }) => args.join('')),
    );
  },

  'is left by a break without an error, and by return at once while a value is awaited': async (
    stage,
  ) => {
    for await (const chunk of toAsyncIterable(stage.model(FULL, 'open').stream$('Hi'))) {
      ok(chunk.id);
      break;
    }
    const values = toAsyncIterable(stage.model({ text: [] }, 'open').stream$('Hi'));
    const iterator = values[Symbol.asyncIterator]();
    const first = iterator.next();
    await iterator.return?.();
    await first;
  },
});

/** What holds of how a model over HTTP reads its wire's messages. */
export const decodingChecks = checks<WireStage>({
  'says in neutral words why a message ended': async (stage) => {
    for (const finish of stage.wire.finishes ?? (['stop', 'length', 'tool_call'] as const)) {
      const calls = finish === 'tool_call' ? CALLS : [];
      const message = await stage.model({ text: ['A'], calls, finish }).invoke('Hi');
      equal(message.finish_reason, finish);
    }
  },

  'has the provider’s own id of the message in response_metadata': async (stage) => {
    const { id } = stage.wire.answer(FULL);
    const message = await stage.model(FULL).invoke('Hi');
    equal(message.response_metadata['id'], id);
  },

  'keeps what was thought apart from the text': async (stage) => {
    const answer = { reasoning: ['Hm, ', 'so.'], text: ['Yes.'] };
    if (!stage.wire.answer(answer).frames.join('').includes('Hm, ')) return;
    const message = await stage.model(answer).invoke('Hi');
    equal(message.text, 'Yes.');
    ok(JSON.stringify(message).includes('Hm, so.'), 'what was thought is lost');
  },

  'makes an invalid call, and no call, of arguments that are no valid JSON': async (stage) => {
    if (stage.wire.wholeCalls === true) return;
    for (const args of [
      ...[['{"city":'], ['{"city":"Graz"}}'], ["{'city':1}"], ['{"city":1,}'], ['[1]'], ['null']],
      ...[['"city"'], ['{"city":NaN}'], ['{city:1}'], ['{"a":1}', '{"b":2}'], ['{"a":"\n"}']],
    ]) {
      const calls = [{ id: 'call_1', name: 'weather', args }];
      const message = await stage.model({ calls }).invoke('Hi');
      deepEqual(message.tool_calls, []);
      deepEqual(
        message.invalid_tool_calls.map((call) => [call.id, call.args]),
        [['call_1', args.join('')]],
      );
    }
  },

  'makes no call of arguments that are nested too deep: the run fails by a limit': async (
    stage,
  ) => {
    const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { message } = await outcomeOf(
      stage.model({ calls: [{ id: 'call_1', name: 'weather', args: [deep(100)] }] }),
    );
    equal(message.tool_calls.length, 1);
    const calls = [{ id: 'call_1', name: 'weather', args: [deep(900)] }];
    const { error, message: partial } = await outcomeOf(stage.model({ calls }));
    hasCode(error, 'limit');
    deepEqual(partial.tool_calls, []);
  },

  'reports an event that it does not know, and is not disturbed by it or by a sign of life': async (
    stage,
  ) => {
    const { frames } = stage.wire.answer(FULL);
    const quiet = await outcomeOf(stage.model(FULL));
    const odd = [stage.wire.unknown?.('news') ?? '', stage.wire.ping ?? ''].join('');
    const served = stage.serve(
      streamed(
        stage.wire,
        frames.flatMap((frame, index) => (index === 0 ? [frame] : [odd, frame])),
      ),
    );
    const noisy = await outcomeOf(served.connect());
    equal(noisy.error, undefined);
    deepEqual(withoutId(noisy.message), withoutId(quiet.message));
    const reports = noisy.events.filter(({ event }) => event === 'on_custom_event');
    equal(reports.length, stage.wire.unknown === undefined ? 0 : frames.length - 1);
    ok(reports.every(({ name, data }) => name === 'provider_event' && text(data).includes('news')));
  },
});

const text = (value: unknown): string => JSON.stringify(value);
