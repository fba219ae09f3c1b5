import type { MessageContent } from '../../messages/content.js';
import { compileTemplate, type Template, type Values } from './template.js';

/**
 * @internal A message's content as a template: a text, or blocks in which every text is one, however deep
 * (an image's URL, a tool call's input), as in LangChain.
 *
 * @example
 * const content = [{ type: 'image_url', image_url: { url: '{url}' } }];
 * compileContent(content).variables // => ['url']
 */
export function compileContent(content: MessageContent): Template<MessageContent> {
  return compileValue(content, 'content') as Template<MessageContent>;
}

function compileValue(value: unknown, where: string): Template<unknown> {
  if (typeof value === 'string')
    return compileTemplate(value, where === 'content' ? undefined : `template in ${where}`);
  if (typeof value !== 'object' || value === null) return { variables: [], format: () => value };
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(
    ([key, part]) =>
      [key, compileValue(part, isList ? `${where}[${key}]` : `${where}.${key}`)] as const,
  );
  const format = isList
    ? (values: Values) => parts.map(([, part]) => part.format(values))
    : (values: Values) =>
        Object.fromEntries(parts.map(([key, part]) => [key, part.format(values)]));
  return { variables: parts.flatMap(([, { variables }]) => variables), format };
}
