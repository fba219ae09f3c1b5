import type { Part, Turn } from '../../messages/history/part.js';

/**
 * @internal Turns whose images, documents and files are the user's: the API accepts none in an answer. What another model
 * has made, such as an image, is moved to the user's next turn, behind the results there.
 */
export function moveMedia(turns: readonly Turn[]): Turn[] {
  const moved: Turn[] = [];
  let waiting: readonly Part[] = [];
  for (const turn of turns) {
    if (turn.role === 'assistant') {
      const media = turn.parts.filter(isMedia);
      moved.push(
        media.length === 0 ? turn : { ...turn, parts: turn.parts.filter((part) => !isMedia(part)) },
      );
      waiting = [...waiting, ...media];
    } else if (turn.role === 'user' && waiting.length > 0) {
      const end = turn.parts.findIndex(({ type }) => type !== 'result');
      const behind = end === -1 ? turn.parts.length : end;
      moved.push({ ...turn, parts: turn.parts.toSpliced(behind, 0, ...waiting) });
      waiting = [];
    } else moved.push(turn);
  }
  const last = moved.at(-1);
  if (waiting.length > 0 && last !== undefined)
    moved.push({ role: 'user', parts: waiting, plain: false, at: last.at, message: undefined });
  return moved;
}

const OF_USER: ReadonlySet<string> = new Set(['document', 'search_result', 'container_upload']);

function isMedia(part: Part): boolean {
  return part.type === 'media' || (part.type === 'other' && OF_USER.has(part.blockType));
}
