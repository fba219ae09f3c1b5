/**
 * @internal The same text in one piece and in memory of its own: a slice keeps all of the text alive that it was cut from,
 * and what was concatenated is a tree of its pieces. V8 copies the latter when it is first read.
 */
export function flatText(text: string): string {
  return text.charCodeAt(0) >= 0 ? text : '';
}
