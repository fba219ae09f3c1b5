/** @internal The error for a block that cannot be sent: where it stands, what is wrong, and what to do. */
export function refusal(at: string, problem: string, remedy: string): TypeError {
  return new TypeError(`${at}: ${problem}. ${remedy}.`);
}
