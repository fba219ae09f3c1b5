/**
 * @internal The script of a saved page: shows the run as it was at the time of the scrubber. Its hash stands in the page's
 * policy, so that no other script runs there; a spec holds the two together.
 */
export const SCRUBBER_SCRIPT = `
const range = document.querySelector('input');
const output = document.querySelector('output');
const svg = document.querySelector('svg');
const { left, right, height } = range.dataset;
const timed = [...document.querySelectorAll('[data-at]')];
const times = [...new Set(timed.map((each) => Number(each.dataset.at)))].sort((a, b) => a - b);
const cover = document.createElementNS(svg.namespaceURI, 'rect');
cover.setAttribute('class', 'paper');
cover.setAttribute('height', height);
svg.append(cover);
function show() {
  const now = Number(range.value);
  const x = Number(left) + (now / Math.max(1, Number(range.max))) * (Number(right) - Number(left));
  cover.setAttribute('x', String(x + 10));
  cover.setAttribute('width', String(Math.max(0, Number(right) - x)));
  output.value = Math.round(now) + ' ms';
  for (const each of timed) each.classList.toggle('later', Number(each.dataset.at) > now);
}
function step(find) {
  const at = find(times);
  if (at !== undefined) range.value = String(at);
  show();
}
range.addEventListener('input', show);
document.querySelector('#back').addEventListener('click', () => step((all) => all.findLast((at) => at < Number(range.value))));
document.querySelector('#on').addEventListener('click', () => step((all) => all.find((at) => at > Number(range.value))));
show();
`;

/** @internal Its SHA-256 as a content security policy writes it. */
export const SCRUBBER_HASH = 'sha256-LNiCP66MzyE5X2fLlI+mJTnHxVjaY84v+HSQFOQBjWA=';
