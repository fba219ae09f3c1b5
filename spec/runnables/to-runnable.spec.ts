import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  lambda,
  type MessagesInput,
  RunnableLambda,
} from 'rxlm';
import {
  type InputOf,
  type InputOfAll,
  type OutputOf,
  type PieceOf,
} from '../../lib/runnables/to-runnable.js';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { toRunnable } from '../../lib/runnables/to-runnable.js';
import { type FakeStream, saying } from '../support/models.js';

describe('toRunnable', () => {
  it('leaves a runnable as it is', () => {
    const model = saying('a');
    expect(toRunnable(model, 'it')).toBe(model);
  });

  it('makes a lambda of a function', async () => {
    const made = toRunnable(
      (q: string, { signal }: LambdaConfig) => q + String(signal.aborted),
      'it',
    );
    expect(made).toBeInstanceOf(RunnableLambda);
    expect(await made.invoke('q')).toBe('qfalse');
  });

  it.each([
    ['text', '"text"'],
    [{ a: lambda(() => 1) }, 'an object'],
    [undefined, 'undefined'],
  ])('throws a TypeError that names the place and %p', (part, shown) => {
    expect(() => toRunnable(part, 'branch 1')).toThrow(
      new TypeError(`branch 1 must be a runnable or a function, got ${shown}`),
    );
  });
});

describe('the types of parts', () => {
  type Fn = (q: string, config: LambdaConfig) => Promise<number>;
  type Streaming = () => Observable<AIMessageChunk>;

  it('are those of the runnable', () => {
    expectTypeOf<InputOf<FakeStream>>().toEqualTypeOf<MessagesInput>();
    expectTypeOf<OutputOf<FakeStream>>().toEqualTypeOf<AIMessage>();
    expectTypeOf<PieceOf<FakeStream>>().toEqualTypeOf<AIMessageChunk>();
  });

  it('are those of the lambda that a function becomes', () => {
    expectTypeOf<InputOf<Fn>>().toEqualTypeOf<string>();
    expectTypeOf<OutputOf<Fn>>().toEqualTypeOf<number>();
    expectTypeOf<InputOf<Streaming>>().toEqualTypeOf<unknown>();
    expectTypeOf<OutputOf<Streaming>>().toEqualTypeOf<AIMessage>();
    expectTypeOf<PieceOf<Streaming>>().toEqualTypeOf<AIMessageChunk>();
    expectTypeOf<PieceOf<() => Observable<'a'>>>().toEqualTypeOf<'a'>();
  });

  it('of several are what all of them take', () => {
    type One = (input: { a: string }) => 1;
    type Other = (input: { b: number }) => 2;
    expectTypeOf<InputOfAll<One | Other>>().toEqualTypeOf<{ a: string } & { b: number }>();
    expectTypeOf<InputOfAll<Fn | Streaming>>().toEqualTypeOf<string>();
  });
});
