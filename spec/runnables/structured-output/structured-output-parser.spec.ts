import { concat, lastValueFrom, NEVER, type Observable, of, throwError } from 'rxjs';
import { AIMessageChunk, ParseError, RunInput } from 'rxlm';
import { foldMessages } from '../../../lib/messages/fold-messages';
import { StructuredOutputParser } from '../../../lib/runnables/structured-output/structured-output-parser';
import { marbles } from '../../support/marbles';
import { FakeStream } from '../../support/models';
import { faultsOf, recordRun, watch } from '../../support/run-events';

const mismatch = new ParseError('no match', { code: 'schema_mismatch', text: 'x' });
const failure = new Error('overloaded');

/** Reads how long the text is, as a new object for each length. */
class LengthReader {
  #value: { length: number } | undefined;

  add({ text }: AIMessageChunk): unknown {
    if (text !== '') this.#value = { length: (this.#value?.length ?? 0) + text.length };
    return this.#value;
  }

  end(): unknown {
    if (this.#value === undefined) throw mismatch;
    return this.#value;
  }
}
const parserOf = (includeRaw: boolean, validate$: (value: unknown) => Observable<unknown> = of) =>
  new StructuredOutputParser<unknown, unknown>({
    makeReader: () => new LengthReader(),
    validate$,
    includeRaw,
  });
const recorded = (texts: Observable<string> | string[], parser: ReturnType<typeof parserOf>) =>
  recordRun(new FakeStream(() => texts).pipe(parser), 'Hi');
const length = (n: number) => ({ length: n });

describe('StructuredOutputParser', () => {
  it('emits the value when it has changed, and what the check makes of it at the end', () => {
    const { values } = recorded(
      ['a', '', 'bc', ''],
      parserOf(false, () => of('checked')),
    );
    expect(values).toEqual([length(1), length(3), 'checked']);
  });

  it('emits nothing twice where the check makes nothing of it', () => {
    expect(recorded(['a', 'b'], parserOf(false)).values).toEqual([length(1), length(2)]);
  });

  it('[13] gives what its chunks fold to', async () => {
    const { events, values } = recorded(
      ['a', 'b'],
      parserOf(false, () => of('checked')),
    );
    const end = events.find(({ event }) => event === 'on_parser_end');
    expect(end?.data).toMatchObject({ output: 'checked' });
    expect(values.at(-1)).toBe('checked');
    expect(await lastValueFrom(of(...(values as never[])).pipe(parserOf(false).fold))).toBe(
      'checked',
    );
  });

  it('takes chunks as they come', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks$ = cold('-a-b-|', { a: new AIMessageChunk('a'), b: new AIMessageChunk('b') });
      const input = new RunInput<never>(chunks$, foldMessages() as never);
      const lengths = { a: length(1), b: length(2) };
      expectObservable(parserOf(false).run$(input, {})).toBe('-a-b-|', lengths);
      expectObservable(parserOf(false).run$(input, {}), '^-!').toBe('-a-', lengths);
      expectSubscriptions(chunks$.subscriptions).toBe(['^----!', '^-!']);
    });
  });

  it('[4] passes errors after what came before them', () => {
    const texts$ = concat(
      of('a'),
      throwError(() => failure),
    );
    for (const includeRaw of [true, false]) {
      const { ended, values, events } = recorded(texts$, parserOf(includeRaw));
      expect(ended).toEqual({ error: failure });
      expect(values).toHaveLength(includeRaw ? 2 : 1);
      expect(faultsOf(events)).toEqual([]);
    }
  });

  it('fails with what the reader or the check says', () => {
    expect(recorded([''], parserOf(false)).ended).toEqual({ error: mismatch });
    const denied = parserOf(false, () => throwError(() => mismatch));
    expect(recorded(['a'], denied)).toMatchObject({
      values: [length(1)],
      ended: { error: mismatch },
    });
  });

  it('[2] unsubscribes from a check that is under way', () => {
    const run = recorded(
      ['a'],
      parserOf(false, () => NEVER),
    );
    run.leave();
    expect(run.ended).toBeUndefined();
    expect(faultsOf(run.events)).toEqual([]);
  });

  describe('with the message', () => {
    it('emits its chunks, and the values between them', async () => {
      const { values } = recorded(
        ['a', '', 'bc'],
        parserOf(true, () => of('checked')),
      );
      expect(values).toMatchObject([
        { raw: { content: 'a' } },
        { parsed: length(1) },
        { raw: { content: '' } },
        { raw: { content: 'bc' } },
        { parsed: length(3) },
        { parsed: 'checked' },
      ]);
      const whole = await lastValueFrom(of(...(values as never[])).pipe(parserOf(true).fold));
      expect(whole).toMatchObject({ raw: { content: 'abc', type: 'ai' }, parsed: 'checked' });
    });

    it('gives what is wrong with the answer instead of failing', () => {
      const denied = parserOf(true, () => throwError(() => mismatch));
      const { values, ended, events } = recorded(['a'], denied);
      expect(values).toMatchObject([{ raw: {} }, { parsed: {} }, { parsing_error: mismatch }]);
      expect(ended).toBe('complete');
      expect(events.at(-1)?.data).toMatchObject({
        output: { parsed: null, parsing_error: mismatch },
      });
    });

    it('fails with what is no fault of the answer', () => {
      const broken = parserOf(true, () => throwError(() => failure));
      expect(recorded(['a'], broken).ended).toEqual({ error: failure });
    });
  });

  it('[1] reads anew for each subscription', () => {
    const chain = new FakeStream(() => ['a', 'b']).pipe(parserOf(false));
    const values$ = chain.stream$('Hi');
    expect(watch(values$).values).toEqual(watch(values$).values);
  });
});
