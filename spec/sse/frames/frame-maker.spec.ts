import { FrameMaker } from '../../../lib/sse/frames/frame-maker.js';

describe('FrameMaker', () => {
  it('numbers what is merged by the last of it', () => {
    const frames = new FrameMaker<string>({ end: 'end' });
    expect([frames.value('a'), frames.value('bc', 2), ...frames.end()].map(({ id }) => id)).toEqual(
      ['1', '3', '4'],
    );
  });

  it('names and numbers as it is reported, within one line', () => {
    const frames = new FrameMaker<string>({
      event: (value) => (value === 'x' ? 'a\nb' : value),
      id: (value, index) => `${value}-${String(index)}`,
      end: false,
    });
    expect(frames.value('a')).toEqual({ event: 'a', id: 'a-0', data: '"a"' });
    expect(() => frames.value('x')).toThrow(TypeError);
    expect(frames.end()).toEqual([]);
  });

  it('ends with the given frame', () => {
    expect([...new FrameMaker({ end: { data: '[DONE]' } }).end()]).toEqual([{ data: '[DONE]' }]);
  });

  it('has null for what JSON has no word for', () => {
    expect(new FrameMaker({}).value(undefined).data).toBe('null');
  });
});
