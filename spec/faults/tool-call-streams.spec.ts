import { blockStart, blockStop, type WireEvent } from '../../lib/testing/anthropic/wire-event';
import { WHOLE_TEXT } from '../support/fault-run';
import { callOf, goodWith, playedServer } from '../support/played-server';

const CALL = { type: 'tool_use', id: 'toolu_1', name: 'dig', input: {} };

describe('a tool call in the stream', () => {
  const { streams } = playedServer();

  const args = { deep: true };
  it.each<[string, WireEvent[], object]>([
    ['no `input` at the start', callOf({ ...CALL, input: undefined }, '{"deep":', 'true}'), args],
    ['an `input` that is null', callOf({ ...CALL, input: null }, '{"deep":true}'), args],
    ['an `input` that is a text', callOf({ ...CALL, input: '' }, '{"deep":true}'), args],
    ['the whole `input` at the start', callOf({ ...CALL, input: args }), args],
    ['an id that is a number', callOf({ ...CALL, id: 5 }, '{"deep":true}'), args],
    ['no input at all', callOf({ ...CALL, input: undefined }), {}],
    ['blanks around it', callOf(CALL, ' \n{"deep"', ':true}\t'), args],
  ])('[16] is ready with %s', async (_, parts, ready) => {
    const { outcome, message } = await streams(parts);
    expect(outcome).toBe('complete');
    expect(message.tool_calls).toMatchObject([{ type: 'tool_call', name: 'dig', args: ready }]);
    expect(message.invalid_tool_calls).toEqual([]);
  });

  it('[16] is not ready where its block never stops, though the message is complete', async () => {
    const parts = callOf(CALL, '{"deep":true}').filter(({ type }) => type !== 'content_block_stop');
    const { outcome, message } = await streams(parts);
    expect(outcome).toBe('complete');
    expect(message.tool_calls).toEqual([]);
    expect(message.invalid_tool_calls).toMatchObject([{ name: 'dig', args: '{"deep":true}' }]);
  });

  it('[27] is a `limit` error where its input is too deep and comes with its block', async () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    expect(await streams(callOf({ ...CALL, input: { a: deep(300) } }))).toMatchObject({
      code: 'limit',
    });
  });

  it('[17] keeps a block of an unknown type with an `input` of its own kind', async () => {
    for (const input of ['lava', [1, 2], 5, { heat: 9 }]) {
      const block = { type: 'volcano', input };
      const { message } = await streams(goodWith(9, 0, blockStart(1, block), blockStop(1)));
      expect(message.content).toEqual([{ type: 'text', text: WHOLE_TEXT }, block]);
    }
  });
});
