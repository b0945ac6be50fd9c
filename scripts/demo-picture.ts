import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HELP = `usage: npm run -s demo | npm run -s demo:picture

Draws docs/demo.svg, what the README shows of the demo, of what the demo says on standard input.
`;

/** The parts that are shown: each begins with such a line, and is cut as it says. */
const SHOWN: readonly { readonly from: RegExp; readonly lines: readonly RegExp[] }[] = [
  { from: /^A month of /, lines: [/^ {2}/] },
  { from: /^What customers owe/, lines: [/^ {2}/] },
  { from: /^A printing house/, lines: [/^ {2}/] },
  { from: /^A kitchen dealer/, lines: [/^ {2}/] },
  {
    from: /^Reconciliation of minbutik/,
    lines: [/^ {2}(sold on account|on the account of)/, /^ {4}\S/, /^ {2}!/, /^ {2}differ/],
  },
];

const WRAP_AT = 96;
const [LEFT, TOP, LINE_PX, CHAR_PX] = [20, 58, 19, 8.43];
const COLOURS = [
  [/^(\$|\s+differences 0)/, '#7ee787'],
  [/^\s+(held |!)/, '#f2cc60'],
  [/^\S/, '#ffffff'],
  [/^\s*…$/, '#8b949e'],
] as const;

if (process.stdin.isTTY || process.argv.length > 2) {
  process.stdout.write(HELP);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}

const shown = partsOf(readFileSync(0, 'utf8').split('\n'));
if (shown.length < SHOWN.length) {
  process.stderr.write('This is not what the demo says: npm run -s demo\n');
  process.exit(2);
}
const lines = ['$ npm run -s demo', ...shown.flatMap((part) => ['', ...part])];
writeFileSync(join(import.meta.dirname, '..', 'docs', 'demo.svg'), pictureOf(lines));

/** The parts of the demo's words that are shown, in their order. */
function partsOf(said: readonly string[]): readonly (readonly string[])[] {
  return SHOWN.flatMap(({ from, lines: kept }) => {
    const at = said.findIndex((line) => from.test(line));
    if (at === -1) return [];
    const end = said.findIndex((line, i) => i > at && /^\S/.test(line));
    const inside = said.slice(at + 1, end === -1 ? undefined : end);
    const picked = inside.filter((line) => kept.some((one) => one.test(line)));
    return [[said[at] ?? '', ...picked.flatMap(wrapped)]];
  });
}

/** A line as a narrow terminal shows it. */
function wrapped(line: string): readonly string[] {
  if (line.length <= WRAP_AT) return [line];
  const at = line.lastIndexOf(' ', WRAP_AT);
  const indent = ' '.repeat(line.search(/\S/));
  return [line.slice(0, at), ...wrapped(`${indent}${line.slice(at + 1)}`)];
}

function pictureOf(text: readonly string[]): string {
  const height = TOP + LINE_PX * text.length;
  const width = Math.ceil(2 * LEFT + CHAR_PX * Math.max(...text.map(({ length }) => length)));
  const drawn = text.flatMap((line, i) => {
    if (line === '') return [];
    const colour = COLOURS.find(([is]) => is.test(line))?.[1] ?? '#c9d1d9';
    const y = TOP + LINE_PX * i;
    return [`<text x="${LEFT}" y="${y}" fill="${colour}">${escaped(line)}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img" aria-label="The demo in a terminal">`,
    '<rect width="100%" height="100%" rx="10" fill="#0d1117"/>',
    '<circle cx="22" cy="20" r="6" fill="#ff5f57"/>',
    '<circle cx="42" cy="20" r="6" fill="#febc2e"/>',
    '<circle cx="62" cy="20" r="6" fill="#28c840"/>',
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" ' +
      'font-size="14" xml:space="preserve">',
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
