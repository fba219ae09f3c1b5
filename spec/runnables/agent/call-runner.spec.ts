import { lastValueFrom, NEVER, of } from 'rxjs';
import { approvedCall, ToolError, withConfig, withRetry } from 'rxlm';
import { z } from 'zod';
import { answerTool } from '../../../lib/runnables/agent/answer-tool';
import { CallRunner } from '../../../lib/runnables/agent/call-runner';
import type { Approval } from '../../../lib/runnables/agent/run-tools-options';
import { toolbox } from '../../../lib/runnables/agent/toolbox';
import { tool } from '../../../lib/tools/tool';
import { watch } from '../../support/run-events';
import { callOf, invalidCallOf } from '../../support/scripted-model';

const ran = jest.fn((input: unknown) => input);
const remove = tool({
  name: 'remove',
  schema: z.object({ path: z.string(), force: z.boolean().default(false) }),
  func: ran,
});
const fails = (name: string, more: object = {}) =>
  tool({
    name,
    schema: { type: 'object' },
    func: () => {
      throw new Error('secret');
    },
    ...more,
  });
const offered = [
  remove,
  { type: 'page', name: 'on_page' },
  fails('fails'),
  fails('says', { errorText: () => 'Its own.' }),
  fails('means', {
    func: () => {
      throw new ToolError('Meant.', { code: 'failed', tool: 'means' });
    },
  }),
  withRetry(fails('retried'), { stopAfterAttempt: 1 }),
  withConfig(fails('tagged'), { tags: ['a'] }),
];
const runnerOf = (options: ConstructorParameters<typeof CallRunner>[1] = {}) =>
  new CallRunner(toolbox(offered), options);
const answer = (
  call: Parameters<CallRunner['answer$']>[0],
  options: Parameters<typeof runnerOf>[0] = {},
) => lastValueFrom(runnerOf(options).answer$(call, {}));
const good = callOf('a', 'remove', { path: '/tmp', extra: 1 });

describe('CallRunner', () => {
  beforeEach(() => ran.mockClear());

  it('runs a call, and answers one that cannot be run', async () => {
    expect(await answer(good)).toMatchObject({ status: 'success', tool_call_id: 'a' });
    expect(await answer(callOf('b', 'other'))).toMatchObject({
      content: expect.stringMatching(
        /^There is no tool "other". The tools are: remove, /,
      ) as unknown,
      status: 'error',
    });
    expect((await answer(invalidCallOf('c', 'remove'))).content).toMatch(/^The call was not run/);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  describe('with approve', () => {
    it('shows what was validated, frozen, and runs just that', async () => {
      const approve = jest.fn(() => of(true));
      await answer(good, { approve });
      const [[shown]] = approve.mock.calls as unknown as [[typeof good]];
      expect(shown.args).toEqual({ path: '/tmp', force: false });
      expect([Object.isFrozen(shown), Object.isFrozen(shown.args)]).toEqual([true, true]);
      expect(ran.mock.calls[0]?.[0]).toBe(shown.args);
    });

    it.each([
      ['invalid arguments', callOf('a', 'remove', {})],
      ['no JSON', invalidCallOf('a', 'remove')],
      ['no known tool', callOf('a', 'other')],
    ])('is not asked for a call with %s', async (_, call) => {
      const approve = jest.fn(() => of(true));
      expect(await answer(call, { approve })).toMatchObject({ status: 'error' });
      expect([approve.mock.calls.length, ran.mock.calls.length]).toEqual([0, 0]);
    });

    it.each([true, { approved: true }])('takes %p for a yes', async (decision) => {
      expect(await answer(good, { approve: () => of(decision) })).toMatchObject({
        status: 'success',
      });
    });

    it.each([false, 1, 'yes', {}, { approved: 'true' }, { approved: 1 }, null, undefined, [true]])(
      'takes %p for a no',
      async (decision) => {
        const message = await answer(good, { approve: () => of(decision as boolean) });
        expect(message).toMatchObject({ status: 'error', content: 'The call was denied.' });
        expect(message.additional_kwargs).toEqual({ approval: 'denied' });
        expect(ran).not.toHaveBeenCalled();
      },
    );

    it.each<[Approval, string]>([
      [true, 'success'],
      [{ approved: true }, 'success'],
      [false, 'error'],
      [{ approved: false }, 'error'],
      ['pending', 'error'],
      [undefined as never, 'error'],
    ])('takes %p without an Observable around it, too', async (decision, status) => {
      expect(await answer(good, { approve: () => decision })).toMatchObject({ status });
      expect(ran).toHaveBeenCalledTimes(status === 'success' ? 1 : 0);
    });

    it('is asked neither synchronously nor later for more than one decision', async () => {
      for (const approve of [() => [true, false], () => Promise.resolve(true)])
        expect(await answer(good, { approve })).toMatchObject({ status: 'success' });
    });

    it('is not asked for the agent’s own answer', async () => {
      const approve = jest.fn(() => false);
      const tools = toolbox([answerTool({ type: 'object' })]);
      const runner = new CallRunner(tools, { approve, responseFormat: { type: 'object' } });
      const message = await lastValueFrom(runner.answer$(callOf('a', 'give_answer'), {}));
      expect([message.status, approve.mock.calls.length]).toEqual(['success', 0]);
    });

    it('says why a call was denied', async () => {
      const approve = () => of({ approved: false, reason: 'Not on a Friday.' });
      expect((await answer(good, { approve })).content).toBe(
        'The call was denied. Not on a Friday.',
      );
    });

    it('leaves a call open that is decided later, and asks no more once it is approved', async () => {
      const approve = jest.fn(() => of('pending' as const));
      const message = await answer(good, { approve });
      expect(message.additional_kwargs).toEqual({ approval: 'requested' });
      expect(await answer(approvedCall(good), { approve })).toMatchObject({ status: 'success' });
      expect(approve).toHaveBeenCalledTimes(1);
    });
  });

  it('leaves the calls of tools that have no function here open', async () => {
    expect((await answer(callOf('p', 'on_page'))).additional_kwargs).toEqual({
      approval: 'elsewhere',
    });
  });

  describe('with repair', () => {
    it.each([
      ['no JSON', invalidCallOf('a', 'remove'), 'invalid_input'],
      ['no known tool', callOf('a', 'rm', { path: '/' }), 'unknown_tool'],
      ['wrong arguments', callOf('a', 'remove', { path: 5 }), 'invalid_input'],
    ])('asks for a call with %s, and runs what it gives', async (_, call, code) => {
      const repair = jest.fn((_: unknown, error: { code: string }) => {
        expect(error.code).toBe(code);
        return { name: 'remove', args: { path: '/tmp' } };
      });
      expect(await answer(call, { repair })).toMatchObject({
        status: 'success',
        tool_call_id: 'a',
      });
      expect(ran).toHaveBeenCalledWith({ path: '/tmp', force: false }, expect.anything());
    });

    it('is asked once, and not for a call that is valid', async () => {
      const repair = jest.fn(() => Promise.resolve({ args: { path: 6 } }));
      const message = await answer(callOf('a', 'remove', { path: 5 }), { repair });
      expect(message).toMatchObject({ status: 'error' });
      await answer(good, { repair });
      expect(repair).toHaveBeenCalledTimes(1);
    });

    it('may leave a call as it is', async () => {
      const message = await answer(callOf('a', 'rm'), { repair: () => undefined });
      expect(message.content).toContain('There is no tool "rm"');
    });
  });

  describe('with errorText', () => {
    const errorText = jest.fn(
      (error: unknown, { id }: { id?: string }) => `${id}: ${String(error)}`,
    );

    it.each(['fails', 'retried', 'tagged'])('says what a tool has not: %s', async (name) => {
      expect((await answer(callOf('a', name))).content).toBe(`${name} failed.`);
      expect(await answer(callOf('a', name), { errorText })).toMatchObject({
        ...{ content: 'a: Error: secret', status: 'error', tool_call_id: 'a', name },
      });
    });

    it.each([
      ['says', 'Its own.'],
      ['means', 'Meant.'],
      ['other', /There is no tool/],
      ['remove', /the input does not match the schema/],
    ])('leaves what %s says of its failure', async (name, content) => {
      errorText.mockClear();
      expect((await answer(callOf('a', name), { errorText })).content).toMatch(content);
      expect(errorText).not.toHaveBeenCalled();
    });

    it('is not passed on where it throws itself', async () => {
      const broken = () => {
        throw new Error('also secret');
      };
      const message = await answer(callOf('a', 'fails'), { errorText: broken });
      expect(message.content).toBe('fails failed.');
      expect(JSON.stringify(message)).not.toContain('secret');
    });
  });

  it('unsubscribes from the source that is asked', () => {
    const run = watch(runnerOf({ approve: () => NEVER }).answer$(good, {}));
    run.leave();
    expect([run.values.length, ran.mock.calls.length]).toEqual([0, 0]);
  });
});
