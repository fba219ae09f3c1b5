import type { TimestampProvider } from 'rxjs';
import type { RunEvent, RunType } from '../../core/events/run-event.js';
import { hasContent } from '../../messages/internal/has-content.js';
import { replaceUsage } from '../../messages/internal/replace-usage.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import type { RunNode } from '../run-node.js';
import { GrowingList } from './growing-list.js';
import { isEnding, phaseOf } from './event-phase.js';

type Facts = Omit<RunNode, 'children'>;

/** A run that is open, or whose place in its parent is still needed. */
interface Branch {
  facts: Facts;
  children: GrowingList<RunNode>;
  readonly parent: Branch | undefined;
  /** Its place among the children of its parent. */
  readonly index: number;
}

const STATUS: Readonly<Record<string, RunNode['status']>> = {
  end: 'done',
  error: 'error',
  cancel: 'cancelled',
};

/** @internal The runs of events, grown event by event into immutable trees. */
export class GrowingRuns {
  readonly #clock: TimestampProvider;
  readonly #open = new Map<string, Branch>();

  constructor(clock: TimestampProvider) {
    this.#clock = clock;
  }

  /** The root of the tree that an event has changed, or undefined where it has changed nothing. */
  add(event: RunEvent): RunNode | undefined {
    const phase = phaseOf(event.event);
    const branch = this.#open.get(event.run_id);
    if (branch === undefined) return phase === 'start' ? this.#start(event) : undefined;
    if (phase === 'stream') return this.#addChunk(branch, (event.data as { chunk: unknown }).chunk);
    return isEnding(phase) ? this.#end(branch, event, STATUS[phase] ?? 'done') : undefined;
  }

  #start({ event, name, run_id, parent_ids, tags, metadata, data }: RunEvent): RunNode {
    const around = parent_ids.findLast((id) => this.#open.has(id));
    const parent = around === undefined ? undefined : this.#open.get(around);
    const branch: Branch = {
      facts: {
        run_id,
        name,
        type: event.slice('on_'.length, -'_start'.length) as RunType,
        tags,
        metadata,
        status: 'running',
        ...pick(data, 'input'),
        startedAt: this.#clock.now(),
      },
      children: new GrowingList(),
      parent,
      index: parent?.children.length ?? 0,
    };
    this.#open.set(run_id, branch);
    return grow(branch);
  }

  #addChunk(branch: Branch, chunk: unknown): RunNode | undefined {
    const { firstTokenMs, startedAt, tokens } = branch.facts;
    const isFirst = firstTokenMs === undefined && hasContent(chunk);
    const usage = usageOf(branch, chunk);
    if (!isFirst && (usage === undefined || usage === tokens)) return undefined;
    if (isFirst) branch.facts = { ...branch.facts, firstTokenMs: this.#clock.now() - startedAt };
    return grow(branch, usage);
  }

  #end(branch: Branch, { run_id, data }: RunEvent, status: RunNode['status']): RunNode {
    this.#open.delete(run_id);
    branch.facts = {
      ...branch.facts,
      status,
      ...pick(data, 'input'),
      ...pick(data, 'output'),
      ...pick(data, 'error'),
      durationMs: this.#clock.now() - branch.facts.startedAt,
    };
    return grow(branch, usageOf(branch, (data as { output?: unknown }).output));
  }
}

/** Makes anew what is on the way from a branch to its root, and sums up what it has cost. */
function grow(branch: Branch, usage?: UsageMetadata): RunNode {
  let now = usage;
  let before = branch.facts.tokens;
  if (usage !== undefined) branch.facts = { ...branch.facts, tokens: usage };
  let node = nodeOf(branch);
  for (let child = branch, at = branch.parent; at !== undefined; child = at, at = at.parent) {
    at.children = at.children.with(child.index, node);
    // A model reports its own usage, whatever it runs.
    if (isModel(at)) now = undefined;
    if (now !== undefined) {
      const sum = replaceUsage(at.facts.tokens, before, now);
      before = at.facts.tokens;
      now = sum;
      at.facts = { ...at.facts, tokens: sum };
    }
    node = nodeOf(at);
  }
  return node;
}

function nodeOf({ facts, children }: Branch): RunNode {
  return {
    ...facts,
    get children() {
      return children.items;
    },
  };
}

function isModel({ facts: { type } }: Branch): boolean {
  return type === 'chat_model' || type === 'llm';
}

/** Only of a model: a chain passes on what a model inside it has counted already. */
function usageOf(branch: Branch, said: unknown): UsageMetadata | undefined {
  return isModel(branch) && typeof said === 'object' && said !== null
    ? (said as { usage_metadata?: UsageMetadata }).usage_metadata
    : undefined;
}

function pick<K extends 'input' | 'output' | 'error'>(data: unknown, key: K): Pick<Facts, K> {
  return (typeof data === 'object' && data !== null && key in data
    ? { [key]: (data as Facts)[key] }
    : {}) as unknown as Pick<Facts, K>;
}
