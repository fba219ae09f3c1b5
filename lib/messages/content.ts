/** A part of a message's content, under its provider's own type: `text`, `thinking`, `tool_use`, `image`, … */
export interface ContentBlock {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A string while a message is one uncited text, else blocks. */
export type MessageContent = string | readonly ContentBlock[];

/** The plain text of some content: that of its text blocks, one after the other. */
export function textOf(content: MessageContent): string {
  if (typeof content === 'string') return content;
  let text = '';
  for (const block of content)
    if (block.type === 'text' && typeof block['text'] === 'string') text += block['text'];
  return text;
}

/** Whether a value can be content: a string, or an array of objects. */
export function isContent(value: unknown): value is MessageContent {
  return typeof value === 'string' || (Array.isArray(value) && value.every(isBlock));
}

function isBlock(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
