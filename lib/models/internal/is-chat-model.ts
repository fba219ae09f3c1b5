import { isRunnable } from '../../core/runnable.js';
import type { ChatModel } from '../chat-model.js';

/** @internal Whether a value is a chat model of any copy of the package, or a wrapped one. */
export function isChatModel(value: unknown): value is ChatModel {
  if (!isRunnable(value)) return false;
  const { bind, bindTools } = value as { readonly bind?: unknown; readonly bindTools?: unknown };
  return typeof bind === 'function' && typeof bindTools === 'function';
}
