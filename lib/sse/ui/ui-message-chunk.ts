/**
 * One chunk of a UI message stream, which `useChat` and `DefaultChatTransport` of the AI SDK read. The type has the chunks
 * that rxlm emits.
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
 */
export type UIMessageChunk =
  | { readonly type: 'start'; readonly messageId?: string; readonly messageMetadata?: unknown }
  | { readonly type: 'start-step' | 'finish-step' }
  | { readonly type: 'text-start' | 'reasoning-start'; readonly id: string }
  | {
      readonly type: 'text-end' | 'reasoning-end';
      readonly id: string;
      /** What the provider wants back with it. */
      readonly providerMetadata?: UIMetadata;
    }
  | { readonly type: `${'text' | 'reasoning'}-delta`; readonly id: string; readonly delta: string }
  | ({
      readonly type: 'tool-input-start';
      readonly toolCallId: string;
      readonly toolName: string;
    } & UIProviderExecuted)
  | {
      readonly type: 'tool-input-delta';
      readonly toolCallId: string;
      readonly inputTextDelta: string;
    }
  | ({
      readonly type: 'tool-input-available';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
      readonly providerMetadata?: UIMetadata;
    } & UIProviderExecuted)
  | ({
      readonly type: 'tool-input-error';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
      readonly errorText: string;
    } & UIProviderExecuted)
  | {
      readonly type: 'tool-approval-request';
      readonly approvalId: string;
      readonly toolCallId: string;
      /** That the server has asked for this call. */
      readonly signature?: string;
    }
  | {
      readonly type: 'tool-output-available';
      readonly toolCallId: string;
      readonly output: unknown;
      readonly providerExecuted?: boolean;
      /** Whether another output replaces it later. */
      readonly preliminary?: boolean;
      readonly providerMetadata?: UIMetadata;
    }
  | {
      readonly type: 'tool-output-error';
      readonly toolCallId: string;
      readonly errorText: string;
      readonly providerExecuted?: boolean;
    }
  | { readonly type: 'tool-output-denied'; readonly toolCallId: string }
  | {
      readonly type: 'source-url';
      readonly sourceId: string;
      readonly url: string;
      readonly title?: string;
    }
  | {
      readonly type: 'source-document';
      readonly sourceId: string;
      readonly mediaType: string;
      readonly title: string;
    }
  | { readonly type: 'file'; readonly url: string; readonly mediaType: string }
  | {
      readonly type: `data-${string}`;
      /** A later part of this type and id replaces it. */
      readonly id?: string;
      readonly data: unknown;
      /** Whether the page hears of it and does not keep it. */
      readonly transient?: boolean;
    }
  | {
      readonly type: 'finish';
      readonly finishReason?: UIFinishReason;
      readonly messageMetadata?: unknown;
    }
  | { readonly type: 'error'; readonly errorText: string }
  | { readonly type: 'abort' };

/** Of a tool that the provider runs: not this server, and not the page. */
export interface UIProviderExecuted {
  readonly providerExecuted?: boolean;
  /** Whether the page does not know the tool beforehand. */
  readonly dynamic?: boolean;
}

/** What a part keeps for the next request: `anthropic` as the AI SDK's own provider has it, `rxlm` the rest. */
export type UIMetadata = Record<string, Record<string, UIJson>>;

/** What JSON can say. */
export type UIJson =
  string | number | boolean | null | UIJson[] | { [key: string]: UIJson | undefined };

/** Why a message ended, in the AI SDK's words. */
export type UIFinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other';
