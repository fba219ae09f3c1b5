/**
 * What is relied on of the events of the Messages stream; everything else in them is passed on as it is.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export type WireEvent =
  | { readonly type: 'message_start'; readonly message: WireMessage }
  | {
      readonly type: 'content_block_start';
      readonly index: unknown;
      readonly content_block: WireBlock;
    }
  | { readonly type: 'content_block_delta'; readonly index: unknown; readonly delta: WireBlock }
  | { readonly type: 'content_block_stop'; readonly index: unknown }
  | {
      readonly type: 'message_delta';
      readonly delta?: Readonly<Record<string, unknown>> | null;
      readonly usage?: unknown;
    }
  | { readonly type: 'message_stop' }
  | { readonly type: 'ping' }
  | { readonly type: 'error'; readonly error?: unknown };

export interface WireMessage {
  readonly id?: string;
  readonly content?: readonly WireBlock[] | null;
  readonly usage?: unknown;
  readonly [field: string]: unknown;
}

export interface WireBlock {
  readonly type: string;
  readonly [field: string]: unknown;
}

export const KNOWN_EVENTS: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
  'error',
]);
