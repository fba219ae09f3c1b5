import type { Diagram, TimedRunEvent } from './diagram.js';
import { drawDiagram, LAYOUT } from './draw-diagram.js';
import { escapeMarkup } from './internal/escape-markup.js';
import { paintSvg } from './internal/paint-svg.js';
import { cutText, preview } from './internal/preview.js';
import { SCRUBBER_HASH, SCRUBBER_SCRIPT } from './internal/scrubber-script.js';
import { runMetrics } from './run-metrics.js';
import { toDiagram } from './to-diagram.js';

/** A page of more rows helps nobody. */
const MOST_ROWS = 1000;
const WIDTH = 1100;

const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--line:#b6bfc9}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--line:#4a535e}}
body{margin:0;padding:16px;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
h1{font-size:18px;margin:0 0 8px}
svg{max-width:100%;height:auto}
.controls{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
input{flex:1;min-width:160px}
table{border-collapse:collapse;margin-top:16px}
th,td{text-align:left;padding:2px 10px 2px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td{font:12px/1.5 ui-monospace,Menlo,Consolas,monospace}
td:not(:last-child){white-space:nowrap}
svg .later{visibility:hidden}
tr.later{opacity:.5}`;

/**
 * Draws the events of a run as one HTML file: the marbles of {@link runToSvg}, a scrubber that goes through them, the metrics and
 * a table of the first 1000 events. It is made to be kept and sent.
 *
 * The file asks nothing of the network, and its content security policy allows one script, by its hash. What the run says is
 * escaped and cut.
 *
 * @throws TypeError where an element is no event with its time.
 * @example
 * import { lastValueFrom, timestamp, toArray } from 'rxjs';
 * import { runToHtml } from 'rxlm/marbles';
 * const greet = lambda((name: string) => `Hello ${name}!`, { name: 'greet' });
 * const events = await lastValueFrom(greet.events$('moon').pipe(timestamp(), toArray()));
 * runToHtml(events).slice(0, 15) // => '<!doctype html>'
 */
export function runToHtml(events: Iterable<TimedRunEvent>): string {
  const all = [...events];
  const diagram = toDiagram(all);
  const title = `Marbles of ${diagram.lanes[0]?.name ?? 'no run'}`;
  const drawing = drawDiagram(diagram, { width: WIDTH, to: diagram.duration });
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRUBBER_HASH}'`;
  const end = String(Math.ceil(diagram.duration));
  const place = `data-left="${String(LAYOUT.left)}" data-right="${String(WIDTH - LAYOUT.right)}"`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${escapeMarkup(title)}</h1>
<p>${escapeMarkup(metricsLine(diagram))}</p>
${paintSvg(drawing, title)}<div class="controls">
<button type="button" id="back">Previous event</button>
<button type="button" id="on">Next event</button>
<label for="time">Time</label>
<input id="time" type="range" min="0" max="${end}" step="any" value="${end}" ${place} data-height="${String(drawing.height)}">
<output for="time">${end} ms</output>
</div>
${table(all, diagram.startedAt ?? 0)}
</main>
<script>${SCRUBBER_SCRIPT}</script>
</body>
</html>
`;
}

function metricsLine(diagram: Diagram): string {
  const { timeToFirstToken, tokensPerSecond, gaps, usage, retries } = runMetrics(diagram);
  const ms = (value: number) => `${String(Math.round(value))} ms`;
  return [
    `${String(diagram.events)} events in ${ms(diagram.duration)}`,
    ...(timeToFirstToken === undefined ? [] : [`first token after ${ms(timeToFirstToken)}`]),
    ...(tokensPerSecond === undefined ? [] : [`${tokensPerSecond.toFixed(0)} tokens/s`]),
    ...(gaps === undefined ? [] : [`gaps ${ms(gaps.p50)} (p50), ${ms(gaps.p95)} (p95)`]),
    ...(usage.output_tokens === undefined
      ? []
      : [`${String(usage.input_tokens ?? 0)} tokens in, ${String(usage.output_tokens)} out`]),
    ...(retries === 0 ? [] : [`${String(retries)} retries`]),
  ].join(' · ');
}

function table(events: readonly TimedRunEvent[], startedAt: number): string {
  const rows = events.slice(0, MOST_ROWS).map(({ timestamp, value }, index) => {
    const at = Math.round((timestamp - startedAt) * 10) / 10;
    const cells = [String(index), `${String(at)} ms`, value.event, value.name, preview(value.data)];
    const written = cells.map((cell) => `<td>${escapeMarkup(cutText(cell))}</td>`).join('');
    return `<tr data-at="${String(at)}">${written}</tr>`;
  });
  const more = events.length - rows.length;
  const heads = ['#', 'Time', 'Event', 'Name', 'Data'].map(
    (head) => `<th scope="col">${head}</th>`,
  );
  return `<table>
<caption>Events</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>${more > 0 ? `\n<p>${String(more)} more events are not listed.</p>` : ''}`;
}
