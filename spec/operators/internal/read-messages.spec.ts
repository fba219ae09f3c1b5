import { AIMessageChunk, ToolMessage } from 'rxlm';
import type { MessagePart } from '../../../lib/operators/internal/model-outputs.js';
import { readMessages } from '../../../lib/operators/internal/read-messages.js';
import { event, streamEvent } from '../event.js';
import { itIsAnOperator, marbles } from '../quartet.js';

/** Emits each text, and all of them in upper case at the end of a message. */
class Texts {
  #texts = '';

  add({ text }: MessagePart): readonly string[] {
    this.#texts += text;
    return [text];
  }

  end(): readonly string[] {
    return [this.#texts.toUpperCase()];
  }
}
const texts = () => readMessages(() => new Texts());
const say = (content: string, id?: string) => new AIMessageChunk({ content, id });

describe('readMessages', () => {
  itIsAnOperator(texts, say('a'));

  it(
    'ends a message at a chunk of another id, at the message of a tool and with its source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-abc---t--de-|', {
        a: say('a'),
        b: say('b', 'm1'),
        c: say('c', 'm2'),
        t: new ToolMessage({ content: 'found', tool_call_id: 'c' }),
        d: say('d', 'm2'),
        e: say('e'),
      });
      expectObservable(source$.pipe(texts())).toBe('-ab(xc)y--de-(z|)', {
        ...{ a: 'a', b: 'b', c: 'c', d: 'd', e: 'e' },
        ...{ x: 'AB', y: 'C', z: 'DE' },
      });
      expectSubscriptions(source$.subscriptions).toBe('^------------!');
    }),
  );

  it(
    'ends the message of a run when that ends, and no other',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-abc-e-|', {
        a: streamEvent(say('a', 'm1'), 'r'),
        b: streamEvent(say('b', 'm2'), 's'),
        c: streamEvent(say('c', 'm1'), 'r'),
        e: event('on_chat_model_end', { run_id: 'r' }),
      });
      expectObservable(source$.pipe(texts())).toBe('-abc-x-(y|)', {
        ...{ a: 'a', b: 'b', c: 'c' },
        ...{ x: 'AC', y: 'B' },
      });
    }),
  );

  it(
    'ends no message where its source fails',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a#', { a: say('a') }).pipe(texts())).toBe('-a#');
    }),
  );
});
