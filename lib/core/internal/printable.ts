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

/** Joiners and the variants of emoji are invisible, too, but belong to texts. */
const OBEYED =
  /(?![\n\t]|\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cs}\u2028\u2029\ufff9-\ufffb]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
