const LF = 0x0a;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * @internal For one event stream, makes its text pieces such whose lines all end with a LF (a CR LF and a CR alone end
 * them as well), without the byte order mark that may stand at the very start. The pieces may be cut anywhere.
 */
export function unifyLineEnds(): (text: string) => string {
  /** What counts for nothing if the next piece begins with it. */
  let skipped: number | undefined = BYTE_ORDER_MARK;

  return (text) => {
    if (text === '') return text;
    const rest = text.charCodeAt(0) === skipped ? text.slice(1) : text;
    // A CR ends its line at once; a LF that comes next belongs to it.
    skipped = text.endsWith('\r') ? LF : undefined;
    return rest.includes('\r') ? rest.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : rest;
  };
}
