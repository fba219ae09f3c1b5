import { CLIENTS } from './clients/all.mjs';

/** How many cases each client survived: those of which it survived every variant. */
export function survivedBy(cases, clients = Object.keys(CLIENTS)) {
  return Object.fromEntries(
    clients.map((client) => [
      client,
      cases.filter((each) => failuresOf(each, client).length === 0).length,
    ]),
  );
}

/** The results as one table, a row for each case, and the totals under it. */
export function toMarkdown({ total, survived, cases }) {
  const clients = Object.keys(survived);
  const rows = cases.map((each) => [
    each.id,
    each.title,
    ...clients.map((client) => cellOf(each, client)),
  ]);
  const totals = [
    '',
    `**survived, of ${total}**`,
    ...clients.map((client) => `**${survived[client]}**`),
  ];
  const header = ['', 'case: what is right', ...clients.map((client) => CLIENTS[client])];
  return [header, header.map(() => '---'), ...rows, totals]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const failuresOf = ({ variants }, client) =>
  variants.filter(({ clients }) => clients[client]?.survived !== true);

/** `yes`, or how many of how many variants were not survived, and what the first of them did. */
function cellOf(each, client) {
  const [first, ...others] = failuresOf(each, client);
  if (first === undefined) return 'yes';
  const { wrong = 'not played' } = first.clients[client] ?? {};
  const of = each.variants.length;
  const count = of === 1 ? '' : `${others.length + 1} of ${of}: `;
  const name = first.name === undefined || of === 1 ? '' : `${first.name}: `;
  return escaped(`${count}${name}${wrong}`);
}

const escaped = (text) =>
  text.replace(/[|\\`*_<>[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
