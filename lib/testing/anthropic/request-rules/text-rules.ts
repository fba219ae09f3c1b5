import { blocksOf, type Block, type Request, type Turn } from './request.js';
import { asText, first, isJson } from './shape.js';

/**
 * No message is without content, no block of text empty, no message's texts whitespace alone; the last message of the
 * assistant does not end in whitespace.
 *
 * anthropics/claude-code#3196, #23369; anthropics/anthropic-sdk-typescript#658; LibreChat-AI/agents#124;
 * vercel/ai#2124, langchain-ai/langchain#35071; "at least one message is required": langchain-ai/langchain#30764.
 */
export function wrongText({ body, messages }: Request): string | undefined {
  if (messages.length === 0) return 'messages: at least one message is required';
  const system = blocksOf(Array.isArray(body['system']) ? body['system'] : undefined, 'system');
  return first(system, emptyText) ?? first(messages, wrongTextOf) ?? trailingSpace(messages.at(-1));
}

function wrongTextOf({ role, blocks, path }: Turn): string | undefined {
  const texts = blocks.filter(({ type }) => type === 'text');
  const isBare = texts.some((block) => block.path === `${path}.content`);
  if (blocks.length === 0 || (isBare && textOf(texts[0]) === '')) {
    // A system message may stand for its settings alone.
    return role === 'system' ? undefined : `${path}: ${role} messages must have non-empty content`;
  }
  const empty = first(blocks, emptyText);
  if (empty !== undefined) return empty;
  const [text] = texts;
  return text !== undefined && texts.every((block) => textOf(block).trim() === '')
    ? `${path}: text content blocks must contain non-whitespace text`
    : undefined;
}

function emptyText(block: Block): string | undefined {
  if (block.type === 'text' && textOf(block) === '') {
    return `${block.path}.text: text content blocks must be non-empty`;
  }
  const { source, content } = block.json;
  const nested = isJson(source) ? source['content'] : content;
  // A string is no block: a result may be an empty one.
  return Array.isArray(nested)
    ? first(blocksOf(nested, `${block.path}.content`), emptyText)
    : undefined;
}

function trailingSpace(last: Turn | undefined): string | undefined {
  const block = last?.role === 'assistant' ? last.blocks.at(-1) : undefined;
  return block?.type === 'text' && /\s$/.test(textOf(block))
    ? 'messages: final assistant content cannot end with trailing whitespace'
    : undefined;
}

const textOf = (block: Block | undefined): string => asText(block?.json['text']);
