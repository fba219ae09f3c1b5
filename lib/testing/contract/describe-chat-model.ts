import { describeValue } from '../../core/internal/describe-value.js';
import type { ChatModelWire } from './chat-model-wire.js';
import { endingChecks } from './ending-checks.js';
import { historyChecks } from './history-checks.js';
import { connectionChecks, lifeChecks } from './lifecycle-checks.js';
import { decodingChecks, messageChecks } from './message-checks.js';
import {
  type AnyChatModel,
  type Check,
  CHECK_MS,
  type ConnectOptions,
  onWire,
  type Stage,
  type WireStage,
} from './contract-stage.js';
import { trustChecks } from './http-checks.js';

/** A model over HTTP, and what it speaks. */
export interface WireSubject {
  readonly wire: ChatModelWire;
  /** Makes a model that sends its requests below `url`; its constructor takes the options as they are. */
  readonly connect: (url: string, options: ConnectOptions) => AnyChatModel;
}

/** A model without a wire: what {@link describeChatModel} says of all models is checked of it. */
export type ModelSubject = Pick<Stage, 'model'>;

/** What registers the checks: that of jest, vitest or `node:test`. */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, check: () => Promise<void>, timeoutMs: number) => unknown;
}

/**
 * The contract that every chat model keeps, as checks of a test framework: how a run lives and ends, what its messages
 * are, and, over HTTP, what it makes of a server that cuts, echoes, stalls, refuses or redirects. Each check starts a
 * server of its own on 127.0.0.1, asserts by `node:assert` and closes it.
 *
 * Throws a `TypeError` for a subject that is neither `{ wire, connect }` nor `{ model }`.
 *
 * @example
 * const names: string[] = [];
 * describeChatModel(
 *   'a fake model',
 *   { model: ({ text = [] }) => new FakeChatModel([text]) },
 *   { describe: (name, define) => define(), it: (name) => names.push(name) },
 * );
 * names.length > 0 // => true
 */
export function describeChatModel(
  name: string,
  subject: WireSubject | ModelSubject,
  { describe, it }: TestFramework,
): void {
  if ('wire' in subject === 'model' in subject)
    throw new TypeError(
      `a subject must be { wire, connect } or { model }, got ${describeValue(subject)}`,
    );
  const group = <S extends Stage>(
    title: string,
    checks: readonly Check<S>[],
    run: (check: Check<S>) => Promise<void>,
  ) => {
    describe(title, () => {
      for (const check of checks) it(check.name, () => run(check), CHECK_MS);
    });
  };
  describe(name, () => {
    if ('model' in subject) {
      const run = (check: Check) => check.run(subject);
      group('a run', lifeChecks, run);
      group('a message', messageChecks, run);
      return;
    }
    const { wire, connect } = subject;
    const run = (check: Check<WireStage>) => onWire(wire, connect, (stage) => check.run(stage));
    group('a run', [...lifeChecks, ...connectionChecks], run);
    group('an ending', endingChecks, run);
    group('a message', [...messageChecks, ...decodingChecks], run);
    group('a server', trustChecks, run);
    group('a history', historyChecks, run);
  });
}
