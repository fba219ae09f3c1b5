import type { MessageContent } from '../../messages/content.js';
import { compileTemplate, type Template, type Values } from './template.js';

/**
 * @internal A message's content as a template: a text, or blocks in which every text is one, however deep
 * (an image's URL, for instance).
 *
 * @example
 * const content = [{ type: 'image_url', image_url: { url: '{url}' } }];
 * compileContent(content).variables // => ['url']
 */
export function compileContent(content: MessageContent): Template<MessageContent> {
  return compileValue(content) as Template<MessageContent>;
}

function compileValue(value: unknown): Template<unknown> {
  if (typeof value === 'string') return compileTemplate(value);
  if (typeof value !== 'object' || value === null) return { variables: [], format: () => value };
  const parts = Object.entries(value).map(([key, part]) => [key, compileValue(part)] as const);
  const format = Array.isArray(value)
    ? (values: Values) => parts.map(([, part]) => part.format(values))
    : (values: Values) =>
        Object.fromEntries(parts.map(([key, part]) => [key, part.format(values)]));
  return { variables: parts.flatMap(([, { variables }]) => variables), format };
}
