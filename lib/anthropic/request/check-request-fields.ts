import { describeValue } from '../../core/internal/describe-value.js';

type Fields = Readonly<Record<string, unknown>>;

/** With it a budget is for all of a turn with tools, and may be larger than one answer. */
const INTERLEAVED = /^interleaved-thinking-/;
const MIN_BUDGET = 1024;

/** @internal Throws a `TypeError` for fields that the API refuses together, or alone. It names both, and what to do. */
export function checkRequestFields(fields: Fields, betas: readonly string[]): void {
  const { tools, tool_choice: choice } = fields;
  const names = Array.isArray(tools) ? tools.map((tool) => (Object(tool) as Fields)['name']) : [];
  checkToolChoice(Object(choice) as Fields, names);
  const { model, temperature: given } = fields;
  // Other models behind the same API go further.
  if (/claude/.test(String(model)) && (given as number) > 1)
    throw new TypeError(`temperature must be from 0 to 1 for Claude, got ${describeValue(given)}`);
  const thinking = Object(fields['thinking']) as Fields;
  if (fields['thinking'] === undefined || thinking['type'] === 'disabled') return;
  if (thinking['type'] === undefined)
    throw new TypeError("thinking must have a type: 'enabled', 'adaptive' or 'disabled'");
  checkBudget(thinking, fields['max_tokens'], betas);
  checkBesideThinking(fields);
}

function checkToolChoice({ type, name }: Fields, names: readonly unknown[]): void {
  if (type === 'any' && names.length === 0)
    throw new TypeError(
      "toolChoice 'any' makes the model call a tool, and there are none: give it tools",
    );
  if (type !== 'tool' || names.includes(name)) return;
  const known = names.filter((known) => known !== undefined).map(describeValue);
  throw new TypeError(
    `toolChoice names a tool that the model has not: ${describeValue(name)}. ` +
      (known.length === 0 ? 'There are none: give it tools' : `There are ${known.join(', ')}`),
  );
}

function checkBudget(
  { type, budget_tokens: budget }: Fields,
  maxTokens: unknown,
  betas: readonly string[],
): void {
  if (type !== 'enabled') return;
  if (!Number.isInteger(budget) || (budget as number) < MIN_BUDGET) {
    throw new TypeError(
      `thinking.budget_tokens must be a whole number from ${String(MIN_BUDGET)}, got ${describeValue(budget)}`,
    );
  }
  const isWithin = typeof maxTokens !== 'number' || maxTokens > (budget as number);
  if (isWithin || betas.some((beta) => INTERLEAVED.test(beta))) return;
  throw new TypeError(
    `maxTokens (${String(maxTokens)}) must be above thinking.budget_tokens (${String(budget)}), which is part of it: ` +
      'raise it, or leave it out for a default that fits',
  );
}

function checkBesideThinking(fields: Fields): void {
  const { type } = Object(fields['thinking']) as Fields;
  if (type !== 'enabled' && type !== 'adaptive') return;
  const beside = `beside thinking (${describeValue(type)})`;
  const { type: choice, name } = Object(fields['tool_choice']) as Fields;
  if (choice === 'any' || choice === 'tool') {
    throw new TypeError(
      `toolChoice must not force a tool (${describeValue(choice === 'tool' ? name : choice)}) ${beside}: use 'auto', or ` +
        "thinking: { type: 'disabled' }; for structured output method: 'json_schema'",
    );
  }
  const { temperature = 1, top_k: topK, top_p: topP = 1 } = fields;
  if (temperature !== 1)
    throw new TypeError(
      `temperature must be 1 ${beside}, got ${describeValue(temperature)}: leave it out`,
    );
  if (topK !== undefined)
    throw new TypeError(`topK cannot be set ${beside}, got ${describeValue(topK)}: leave it out`);
  if (typeof topP === 'number' && topP < 0.95)
    throw new TypeError(
      `topP must be from 0.95 to 1 ${beside}, got ${describeValue(topP)}: leave it out`,
    );
}
