import { limitBreakpoints, toCacheControl } from '../../../lib/anthropic/request/cache-control';

const cache_control = { type: 'ephemeral' };
const marked = (name: string) => ({ type: 'text', text: name, cache_control });
const user = (...content: object[]) => ({ role: 'user', content });
/** The names of the texts and tools that still have a breakpoint. */
const kept = (body: object) =>
  [...JSON.stringify(limitBreakpoints(body as never)).matchAll(/"(\w+)","cache_control"/g)].map(
    ([, name]) => name,
  );

describe('toCacheControl', () => {
  it('passes what the API has, and a null lifetime as none', () => {
    expect(toCacheControl(cache_control, 'here')).toEqual(cache_control);
    const ttl = { type: 'ephemeral', ttl: '1h' };
    expect(toCacheControl(ttl, 'here')).toEqual(ttl);
    expect(toCacheControl({ ...ttl, ttl: null }, 'here')).toEqual(cache_control);
  });

  it.each([
    ['ephemeral', '"ephemeral"'],
    [true, 'true'],
    [{}, '{  }'],
    [{ type: 'persistent' }, '{ type: "persistent" }'],
    [{ type: 'ephemeral', ttl: '2h' }, '{ type: "ephemeral", ttl: "2h" }'],
    [{ type: 'ephemeral', scope: 'all' }, '{ type: "ephemeral", scope: "all" }'],
  ])('refuses %j with its place', (value, shown) => {
    expect(() => toCacheControl(value, 'messages[0]')).toThrow(
      new TypeError(
        `messages[0]: cache_control must be { type: 'ephemeral', ttl?: '5m' | '1h' }, got ${shown}. Correct it, or leave it out.`,
      ),
    );
  });
});

describe('limitBreakpoints', () => {
  it('changes nothing up to four', () => {
    const body = { system: [marked('s')], messages: [user(marked('a'), marked('b'), marked('c'))] };
    expect(limitBreakpoints(body)).toBe(body);
  });

  it('drops the first of the messages, those within results included', () => {
    const result = { type: 'tool_result', tool_use_id: 't', content: [marked('b')] };
    const body = {
      tools: [{ name: 'tool', cache_control }],
      system: [marked('system')],
      messages: [user(marked('a'), result), user(marked('c'), marked('d'))],
    };
    expect(kept(body).sort()).toEqual(['c', 'd', 'system', 'tool']);
    expect(JSON.stringify(body)).toContain('"b","cache_control"');
  });

  it('counts the automatic one, and drops those of tools last but one', () => {
    const tools = ['a', 'b', 'c', 'd'].map((name) => ({ name, cache_control }));
    const body = {
      cache_control,
      tools,
      system: [marked('system')],
      messages: [user(marked('m'))],
    };
    expect(kept(body).sort()).toEqual(['c', 'd', 'system']);
  });
});
