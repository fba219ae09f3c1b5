import { callOptionsOfView, CONFIG_NAMES } from '../call-options.js';
import type { RunConfig } from '../run-config.js';
import { SCOPE } from '../run/scope.js';
import { describeValue } from './describe-value.js';

/** What a config's keys are called by LangChain. */
const ELSEWHERE: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['callbacks', 'listeners'],
  ['configurable', 'context'],
  ['recursionLimit', 'maxSteps in the options of runTools'],
  ['abortSignal', 'signal'],
]);

/**
 * @internal Throws a `TypeError` for a key that is one of a config's in another spelling, or has another name here. Any other
 * key may be a call option, which what is called looks at itself. The config of a run inside another one is not looked
 * at: it is made from the outer one.
 */
export function checkConfigNames(config: RunConfig): void {
  if (config[SCOPE] !== undefined) return;
  for (const [name, value] of Object.entries(callOptionsOfView<object>(config))) {
    if (value === undefined) continue;
    const meant = ELSEWHERE.get(name) ?? CONFIG_NAMES.find((known) => plain(known) === plain(name));
    if (meant !== undefined)
      throw new TypeError(`config has no key ${describeValue(name)}: use ${meant}`);
  }
}

/** A name without case, `_`, `-` and a plural. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '').replace(/s$/, '');
}
