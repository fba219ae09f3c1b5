/**
 * The text with characters that a terminal obeys, or that hide or turn round what stands beside them, as escapes: control
 * characters (ESC, those of C1, a carriage return), marks of direction, invisible ones, halves of pairs. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(OBEYED, escaped);
}

/** The same in one line: what an error says cannot begin a line of its own. */
export function oneLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, escaped);
}

const OBEYED =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
