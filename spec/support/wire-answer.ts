import type { ChatModelWire, WireAnswer } from 'rxlm/testing';

/** An answer that says all that one can. */
export const wireAnswer = {
  reasoning: ['Hm, ', 'so.'],
  text: ['I ', 'look.'],
  calls: [{ id: 'call_1', name: 'weather', args: ['{"city":', '"Graz"}'] }],
  usage: { input: 3, output: 5 },
} satisfies WireAnswer;

/** The JSON of the frames of an answer. */
export function dataOf(wire: ChatModelWire, answer: WireAnswer): readonly never[] {
  return wire
    .answer(answer)
    .frames.map((frame) => /[{[].*/.exec(frame)?.[0] ?? '')
    .filter((json) => json.startsWith('{'))
    .map((json) => JSON.parse(json) as never);
}
