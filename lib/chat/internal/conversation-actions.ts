import type { AnyMessage } from '../../messages/any-message.js';
import { HumanMessage } from '../../messages/human-message.js';
import { approvalFields, denialText } from '../../messages/internal/approval-of.js';
import type { MessageFields } from '../../messages/message.js';
import { ToolMessage, type ToolMessageFields } from '../../messages/tool-message.js';
import { toolFailure } from '../../tools/internal/tool-result.js';
import type { ArgsReader } from '../chat-input.js';
import type { ConversationPolicy } from '../conversation-options.js';
import type { PendingCall } from '../conversation-state.js';
import { beginAnswer, retried, settleAnswer } from './growing-answer.js';
import {
  type Answer,
  type ConversationData,
  NO_CONVERSATION,
  type Press,
} from './conversation-data.js';
import { closeHistory } from './open-history.js';

type Data = ConversationData;

/** @internal What each press makes of a conversation, under one policy. */
export class Presses {
  readonly #policy: ConversationPolicy;
  readonly #readArgs: (() => ArgsReader) | undefined;

  constructor(policy: ConversationPolicy, readArgs: (() => ArgsReader) | undefined) {
    this.#policy = policy;
    this.#readArgs = readArgs;
  }

  send = (message: HumanMessage): Press =>
    this.#unlessLoading((data) => {
      if (this.#policy === 'queue') {
        const queued = [...data.queued, message];
        return data.answer === undefined ? this.#askNext({ ...data, queued }) : { ...data, queued };
      }
      return this.#free(data, (free) => this.#ask(free, message));
    });

  stop = (): Press => settleAnswer;

  retry = (): Press =>
    this.#unlessLoading((data) => {
      const { status, answer, messages, kept, approved } = data;
      const failed = status === 'error' || status === 'stopped';
      const last = messages[kept - 1];
      // Behind an answer there is nothing to ask, unless calls of it were approved.
      const isAsked = last !== undefined && (last.type !== 'ai' || approved.length > 0);
      return failed && isAsked && answer === undefined ? this.#begin(retried(data)) : data;
    });

  regenerate = (): Press =>
    this.#unlessLoading((data) =>
      this.#free(data, (free) => {
        const at = free.messages.findLastIndex(({ type }) => type === 'human');
        if (at === -1) return free;
        const dropped = { messages: free.messages.slice(at + 1), error: free.error };
        const replaced =
          dropped.messages.length === 0 && dropped.error === undefined
            ? free.replaced
            : [...free.replaced, dropped];
        const messages = free.messages.slice(0, at + 1);
        return this.#begin({ ...free, messages, replaced, approved: [] });
      }),
    );

  edit = (id: string, content: HumanMessage['content']): Press =>
    this.#unlessLoading((data) => {
      const edited = (message: AnyMessage) =>
        new HumanMessage({ ...(message as MessageFields), content });
      const waiting = data.queued.findIndex((message) => message.id === id);
      if (waiting !== -1) {
        const queued = data.queued.map((each, at) => (at === waiting ? edited(each) : each));
        return { ...data, queued };
      }
      const at = data.messages.findLastIndex((each) => each.type === 'human' && each.id === id);
      const old = data.messages[at];
      if (old === undefined) return data;
      return this.#free(data, (free) => {
        const messages = free.messages.slice(0, at);
        return this.#ask({ ...free, messages }, edited(old));
      });
    });

  approve = (id: string): Press =>
    this.#decide(id, (data, { needs }) =>
      needs === 'approval' ? { ...data, approved: [...data.approved, id] } : data,
    );

  deny = (id: string, reason: string | undefined): Press =>
    this.#decide(id, (data, { call }) => {
      const denial = toolFailure(call, denialText(reason), approvalFields('denied_before'));
      return { ...data, messages: [...data.messages, denial] };
    });

  addToolResult = (id: string, fields: Omit<ToolMessageFields, 'tool_call_id'>): Press =>
    this.#decide(id, (data, { call: { name } }) => {
      const result = new ToolMessage({ name, ...fields, tool_call_id: id });
      return { ...data, messages: [...data.messages, result] };
    });

  clear = (): Press =>
    this.#unlessLoading((data) =>
      data.messages.length === 0 && data.queued.length === 0 && data.status === 'idle'
        ? data
        : { ...NO_CONVERSATION, unread: data.unread },
    );

  /** The answer has something new to show. */
  grown =
    (answer: Answer): Press =>
    (data) =>
      data.answer === answer ? { ...data } : data;

  /** The answer has ended itself. */
  ended =
    (answer: Answer): Press =>
    (data) => {
      if (data.answer !== answer) return data;
      const settled = settleAnswer(data);
      return settled.status === 'done' && settled.pending.length === 0
        ? this.#askNext(settled)
        : settled;
    };

  #unlessLoading(press: Press): Press {
    return (data) => (data.status === 'loading' ? data : press(data));
  }

  /** Goes on where no answer is under way, or where the policy lets it be replaced. */
  #free(data: Data, press: Press): Data {
    if (data.answer === undefined) return press(data);
    return this.#policy === 'replace' ? press(settleAnswer(data)) : data;
  }

  #askNext(data: Data): Data {
    const [next, ...queued] = data.queued;
    return next === undefined ? data : this.#ask({ ...data, queued }, next);
  }

  #ask(data: Data, question: HumanMessage): Data {
    const before = closeHistory(data.messages, [], 'the conversation went on without it');
    const messages = [...before, question];
    return this.#begin({ ...data, messages, replaced: [], approved: [] });
  }

  #begin(data: Data): Data {
    return beginAnswer(data, this.#readArgs);
  }

  /** Settles a call that waits; with the last one the answer goes on. */
  #decide(id: string, press: (data: Data, pending: PendingCall) => Data): Press {
    return this.#unlessLoading((data) => {
      const found = data.pending.find(({ call }) => call.id === id);
      if (found === undefined) return data;
      const decided = press(data, found);
      if (decided === data) return data;
      const pending = data.pending.filter((each) => each !== found);
      return pending.length === 0 ? this.#begin(decided) : { ...decided, pending };
    });
  }
}
