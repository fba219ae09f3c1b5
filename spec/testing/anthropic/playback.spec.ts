import { playbackOf, type PlaybackOptions } from '../../../lib/testing/anthropic/playback.js';

it('has defaults: at once, by event', () => {
  expect(playbackOf({})).toEqual({
    speed: Infinity,
    delayMs: 0,
    chunking: 'event',
    headers: {},
    random: expect.any(Function),
  });
});

it('is padded alike in every server', () => {
  expect(playbackOf({}).random()).toBe(playbackOf({}).random());
});

it.each<[string, PlaybackOptions]>([
  ['speed must be greater than 0, not 0', { speed: 0 }],
  ['speed must be greater than 0, not -1', { speed: -1 }],
  ['speed must be greater than 0, not NaN', { speed: NaN }],
  ['delayMs must be 0 or more milliseconds, not -1', { delayMs: -1 }],
  ['delayMs must be 0 or more milliseconds, not NaN', { delayMs: NaN }],
  ['delayMs must be 0 or more milliseconds, not Infinity', { delayMs: Infinity }],
  ['chunking must be a positive whole number of bytes, not 0', { chunking: 0 }],
])('%s', (message, options) => {
  expect(() => playbackOf(options)).toThrow(new TypeError(message));
});
