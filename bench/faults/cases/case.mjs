import { WHOLE_TEXT } from '../judge.mjs';

// A case is one of the catalogue's, by its number: `{ id, title, variants }`. It is survived if all of its variants are.
// One that is `timed` is played when little else is.
//
// A variant is played by a `consumer`, with `options`, against a `fault` of the fault server, `[name, params]`, or a
// `url`; `settings` are the client's. `right` says what a right client does; `judge.mjs` has the words. It may take
// `bound` milliseconds. `own` gives it a process that has done nothing else, `exits` awaits the end of the process.

/** The whole answer, once. */
export const whole = { outcome: 'complete', text: WHOLE_TEXT, final: WHOLE_TEXT };

/** An error, after exactly this text. */
export const failed = (code, text, more) => ({ outcome: 'error', code, text, ...more });

/** What is closed at once: the catalogue says 100 ms, and twice that for another machine. */
export const AT_ONCE = 200;

/** Variants of one fault, by a parameter of it. */
export const each = (name, param, values, right, more) =>
  values.map((value) => ({
    name: `${param} ${value}`,
    fault: [name, { [param]: value }],
    right,
    ...more,
  }));
