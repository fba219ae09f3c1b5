const TEXT_DELTA = ',"delta":{"type":"text_delta","text":';
const SPACE = 0x20;
const BRACE = 0x7d;

/**
 * @internal Reads the text of the frequent event, a text delta of one block, without parsing the rest of it: the service
 * writes it always the same way but for its text and the spaces before the last brace. What is not that to the byte is
 * `undefined`, and for the general path to judge.
 */
export function textDeltaOf(index: number): (data: string) => string | undefined {
  const prefix = `{"type":"content_block_delta","index":${String(index)}${TEXT_DELTA}`;
  return (data) => {
    if (!data.startsWith(prefix)) return undefined;
    let end = data.length - 1;
    if (data.charCodeAt(end) !== BRACE) return undefined;
    do end -= 1;
    while (data.charCodeAt(end) === SPACE);
    if (data.charCodeAt(end) !== BRACE) return undefined;
    try {
      const text: unknown = JSON.parse(data.slice(prefix.length, end));
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  };
}
