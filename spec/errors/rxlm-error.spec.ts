import { inspect } from 'node:util';
import { ModelError, ParseError, RxlmError, ToolError } from 'rxlm';
import { hide, kindOf } from '../../lib/errors/rxlm-error.js';

const error = new RxlmError('late', {
  code: 'timeout',
  phase: 'total',
  cause: new Error('sk-secret'),
});

describe('RxlmError', () => {
  it('is an Error with code, phase and cause', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'RxlmError',
      message: 'late',
      code: 'timeout',
      phase: 'total',
    });
    expect(error.cause).toEqual(new Error('sk-secret'));
    expect(String(error)).toBe('RxlmError: late');
  });

  it('has no phase and no cause where there is none', () => {
    const plain = new RxlmError('m', { code: 'c' });
    expect(['phase' in plain, 'cause' in plain]).toEqual([false, false]);
  });

  it('[21] shows its public fields as JSON, and its cause neither there nor to inspect', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'RxlmError',
      message: 'late',
      code: 'timeout',
      phase: 'total',
    });
    expect(inspect({ error })).not.toContain('secret');
    expect(inspect(error)).toMatch(/^RxlmError: late\n +at [^]+code: 'timeout', phase: 'total'/);
    expect(error.stack).toMatch(/^RxlmError: late\n/);
    expect(Object.keys(error)).toEqual(['code', 'phase']);
  });

  it('is known by its brand, also that of another copy of the package', () => {
    const copy = Object.assign(new Error('m'), { [Symbol.for('rxlm.error')]: 'ModelError' });
    expect(error).toHaveProperty([Symbol.for('rxlm.error')], 'RxlmError');
    expect([RxlmError.is(copy), ModelError.is(copy), ToolError.is(copy)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([undefined, null, 'x', {}, new Error('m')].some((value) => RxlmError.is(value))).toBe(
      false,
    );
  });

  it('all kinds are RxlmErrors, and each is of its own', () => {
    const kinds = [
      new ModelError('m', { code: 'limit', provider: 'p' }),
      new ParseError('m', { code: 'not_json', text: 't' }),
      new ToolError('m', { code: 'failed', tool: 't' }),
    ];
    expect(kinds.map((kind) => [RxlmError.is(kind), kindOf(kind), kind.name])).toEqual([
      [true, 'ModelError', 'ModelError'],
      [true, 'ParseError', 'ParseError'],
      [true, 'ToolError', 'ToolError'],
    ]);
    expect(kinds.map((kind) => [ModelError, ParseError, ToolError].map((K) => K.is(kind)))).toEqual(
      [
        [true, false, false],
        [false, true, false],
        [false, false, true],
      ],
    );
  });

  it('a class of one’s own keeps the brand of what it extends', () => {
    class Mine extends ModelError {}
    expect(ModelError.is(new Mine('m', { code: 'limit', provider: 'p' }))).toBe(true);
  });
});

describe('hide', () => {
  it('sets a field that can be read and written, and is not shown', () => {
    const target: { secret?: number } = {};
    hide(target, 'secret', 1);
    expect([target.secret, Object.keys(target)]).toEqual([1, []]);
    target.secret = 2;
    expect(target.secret).toBe(2);
  });
});
