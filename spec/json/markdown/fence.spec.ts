import { Fence } from '../../../lib/json/markdown/fence.js';
import { JsonChoice, RANK } from '../../../lib/json/markdown/json-choice.js';

/** Reads what stands behind three marks, and gives the fence and what it has left. */
function read(text: string, mark = '`'): [Fence, string] {
  const fence = new Fence(mark, { maxDepth: 3 });
  let at = 0;
  while (at < text.length && !fence.closed) at = fence.read(text, at, 0);
  return [fence, text.slice(at)];
}

function end(text: string) {
  const choice = new JsonChoice();
  const why = read(text)[0].end(choice, text.length);
  return { rank: choice.rank, value: choice.value, problem: choice.problem, why };
}

describe('Fence', () => {
  it.each([
    ['json\n1\n```\nmore', '\nmore'],
    ['`json\n"x" ```\n````', ''],
    ['sh\n`x` ``\n```!', '!'],
    ['json\n"```"```!', '!'],
    ['jsonc\n// ```\n```!', '!'],
    ['json\n{"k\n```!', '!'],
  ])('%j ends before %j', (text, left) => {
    const [fence, rest] = read(text);
    expect([fence.closed, rest]).toEqual([true, left]);
  });

  it('ends with the marks it began with', () => {
    expect(read('json\n1\n```\n~~~!', '~')[1]).toBe('!');
    expect(read('json\n1\n```', '~')[0].closed).toBe(false);
  });

  it.each([
    ['json\n{"k":1}```', RANK.jsonFence, { k: 1 }],
    ['JSON5\n[1,]```', RANK.jsonFence, [1]],
    ['ts\n[1,]```', RANK.jsonFence, [1]],
    ['\n12```', RANK.fence, 12],
    ['12```', RANK.fence, 12],
    ['http\n{}```', RANK.fence, {}],
    ['json {}```', RANK.jsonFence, {}],
    ['json a=1\n{}```', RANK.jsonFence, {}],
  ])('holds in %j, with rank %d, %j', (text, rank, value) => {
    expect(end(text)).toEqual({ rank, value, problem: undefined, why: undefined });
  });

  it.each([
    ['sh\n12```', undefined],
    ['sh\nls```', 'syntax'],
    ['js\nf({ "k": 1 })```', 'syntax'],
    ['json\n```', 'incomplete'],
  ])('holds nothing in %j', (text, reason) => {
    const { rank, why } = end(text);
    expect([rank, why?.reason]).toEqual([-1, reason]);
  });

  it.each([
    ['json\nls```', RANK.jsonFence, 5],
    ['json\n{"k":1,}```', RANK.jsonFence, 12],
    ['sh\n{"k":oops}```', RANK.fence, 8],
    ['json\n1 ` 2```', RANK.jsonFence, 7],
  ])('holds a problem in %j, with rank %d, at %d', (text, rank, position) => {
    expect(end(text)).toMatchObject({ rank, problem: { reason: 'syntax', position } });
  });

  it('shows what says that it is JSON, and what clearly is', () => {
    const values = ['json\n{', 'js\n{', 'js\n{"k":', '\n[1', '\n[1]', 'sh\n1 '].map(
      (text) => read(text)[0].value,
    );
    expect(values).toEqual([{}, undefined, {}, undefined, [1], undefined]);
  });

  it('reports a limit', () => {
    expect(read('json\n[[[')[0].limit).toBeUndefined();
    expect(read('json\n[[[[')[0].limit).toMatchObject({ reason: 'limit', position: 8 });
  });

  it.each([
    ['js\nconst x = {"k":[1,],};```', { k: [1] }],
    ['python\nx = [y]\nx = {"k":1}\ny = {"l":1}```', { k: 1 }],
    ['sh\nX={"k":"`"}```', { k: '`' }],
  ])('holds in %j what is assigned', (text, value) => {
    expect(end(text)).toMatchObject({ rank: RANK.assigned, value, problem: undefined });
  });

  it.each(['js\nf({"k":1})```', 'js\nx = [1]```', 'js\nx = {"k":1,y}```', 'js\nx = {"k":```'])(
    'holds nothing that is assigned in %j',
    (text) => {
      expect(end(text).rank).toBe(-1);
    },
  );

  it('may be Markdown, where others begin', () => {
    expect(read('markdown\n')[0].isMarkdown).toBe(true);
    expect(read('markdown')[0].isMarkdown).toBe(false);
    expect(read('mdl\n')[0].isMarkdown).toBe(false);
  });
});
