import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';

/** A kind of large file: what it begins and ends with, and its parts by number. */
export type Shape = {
  readonly head: string;
  readonly part: (index: number) => string;
  readonly tail?: string;
  /** UTF-8 unless said otherwise. */
  readonly encoding?: 'windows-1252' | 'utf-16le' | 'cp437';
  /** The connector that reads it: `minbutik` unless said otherwise. */
  readonly connector?: 'minbutik' | 'peppol';
  /** A profile to read it with. */
  readonly profile?: string;
};

const FIXTURES = join(import.meta.dirname, '..', '..', 'src/connectors/minbutik/fixtures');

function fixture(name: string, encoding = 'utf8'): string {
  return iconv.decode(readFileSync(join(FIXTURES, name)), encoding);
}

const TIDY = fixture('dagsrapport-1234-2026-05-02.csv').trimEnd().split('\n');
const [TIDY_HEAD = '', ...TIDY_ROWS] = TIDY;
const XML = fixture('dagsrapport-1234-2026-05-02.xml');
const XML_FROM = XML.indexOf('  <report');
const XML_TO = XML.indexOf('</dayreports>');
const SIE = fixture('dagsrapport-1234-2026-05-02.si', 'cp437');
const SIE_FROM = SIE.indexOf('#VER');
const WIDE_PROFILE = 'same-report-wide-profile.json';
const [WIDE_HEAD = '', WIDE_ROW = ''] = fixture('same-report-wide.tsv', 'windows-1252').split('\n');

/** Filling that no text repeats, so that nothing can be kept once for many rows. */
function filler(index: number, chars: number): string {
  return `${index}.`.padEnd(chars, 'Åäö lång benämning ');
}

function dayOf(index: number): string {
  const date = new Date(Date.UTC(2020, 0, 1 + (index % 2_000)));
  return date.toISOString().slice(0, 10);
}

function numberOf(index: number): string {
  return String(index + 1).padStart(6, '0');
}

/** The fixture's report as one of its own day, register and number. */
function tidyReport(index: number): string {
  const day = dayOf(index);
  const rows = TIDY_ROWS.map((row) =>
    row.replace('2026-05-02', day).replace('Z-000412', `Z-${numberOf(index)}`),
  );
  return `${rows.join('\n')}\n`;
}

function tidyRow(of: {
  readonly report: number;
  readonly kind: string;
  readonly label: string;
  readonly gross: string;
}): string {
  const { report, kind, label, gross } = of;
  const identity = `1234;${dayOf(report)};ALL;Z-${numberOf(report)}`;
  return `${kind === 'tender' ? 'T' : 'S'};${identity};${kind};KORT;${label};;;${gross};;;\n`;
}

function rowsOf(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => row(index)).join('');
}

const CSV: Readonly<Record<string, Shape>> = {
  'tidy-ordinary': { head: `${TIDY_HEAD}\n`, part: tidyReport },
  'tidy-windows-1252': { head: `${TIDY_HEAD}\n`, part: tidyReport, encoding: 'windows-1252' },
  'tidy-utf-16': { head: `\ufeff${TIDY_HEAD}\n`, part: tidyReport, encoding: 'utf-16le' },
  // Each row goes to another of a thousand reports: as many are open as ever can be.
  'tidy-interleaved': {
    head: `${TIDY_HEAD}\n`,
    part: (index) =>
      rowsOf(1_000, (i) => {
        const report = i + 1_000 * Math.floor(index / 20);
        return tidyRow({ report, kind: 'tender', label: `Rad ${index}`, gross: '1,00' });
      }),
  },
  'tidy-unlike-texts': {
    head: `${TIDY_HEAD}\n`,
    part: (index) =>
      tidyRow({ report: index, kind: 'tender', label: filler(index, 990), gross: '1,00' }),
  },
  'tidy-largest-reports': {
    head: `${TIDY_HEAD}\n`,
    part: (index) =>
      rowsOf(9_990, (i) =>
        tidyRow({ report: index, kind: 'tender', label: `R${i}`, gross: `${i},00` }),
      ),
  },
  // Everything is wrong with each row of reports that are as large as they may be.
  'tidy-all-wrong': {
    head: `${TIDY_HEAD}\n`,
    part: (index) =>
      rowsOf(9_990, (i) =>
        tidyRow({ report: index, kind: `okänt${i}`, label: '\u0007', gross: `x${i}` }),
      ),
  },
  'tidy-longest-rows': {
    head: `${TIDY_HEAD};${Array.from({ length: 980 }, (_, i) => `extra ${i}`).join(';')}\n`,
    part: (index) => {
      const row = tidyRow({ report: index, kind: 'tender', label: 'a', gross: '1,00' }).trimEnd();
      return `${row};${Array.from({ length: 980 }, () => filler(index, 60)).join(';')}\n`;
    },
  },
  'tidy-quotes': {
    head: `${TIDY_HEAD}\n`,
    part: (index) => {
      const label = `"${'""'.repeat(450)}"`;
      return tidyRow({ report: Math.floor(index / 9), kind: 'tender', label, gross: '1,00' });
    },
  },
  'one-line': { head: `${TIDY_HEAD}\n`, part: () => 'x'.repeat(10_000) },
  'blank-lines': { head: `${TIDY_HEAD}\n`, part: () => '\r\n'.repeat(10_000) },
  'wide-ordinary': {
    head: `${WIDE_HEAD}\n`,
    part: (index) => wideRow(index, ''),
    encoding: 'windows-1252',
    profile: WIDE_PROFILE,
  },
  // A row of a thousand columns that the profile does not know, each with a text of its own.
  'wide-unknown-columns': {
    head: `${WIDE_HEAD}\t${Array.from({ length: 950 }, (_, i) => `Övrigt ${i}`).join('\t')}\n`,
    part: (index) =>
      wideRow(index, Array.from({ length: 950 }, (_, i) => `\tx${index}.${i}`).join('')),
    encoding: 'windows-1252',
    profile: WIDE_PROFILE,
  },
  // The same with amounts: each column of each report is a doubt.
  'wide-unknown-amounts': {
    head: `${WIDE_HEAD}\t${Array.from({ length: 950 }, (_, i) => `Övrigt ${i}`).join('\t')}\n`,
    part: (index) =>
      wideRow(index, Array.from({ length: 950 }, (_, i) => `\t${index},${i % 10}0`).join('')),
    encoding: 'windows-1252',
    profile: WIDE_PROFILE,
  },
};

function wideRow(index: number, more: string): string {
  const row = WIDE_ROW.trimEnd()
    .replace('20260502', dayOf(index).replaceAll('-', ''))
    .replace('Z-000412', `Z-${numberOf(index)}`);
  return `${row}${more}\n`;
}

function xmlReport(index: number, lines: string): string {
  const identity =
    `store_no="1234" business_date="${dayOf(index)}" register="ALL" ` +
    `report_no="Z-${numberOf(index)}"`;
  return `<report ${identity}>\n${lines}</report>\n`;
}

const XML_HEAD = XML.slice(0, XML_FROM);

const MARKUP: Readonly<Record<string, Shape>> = {
  'xml-ordinary': {
    head: XML_HEAD,
    part: (index) =>
      XML.slice(XML_FROM, XML_TO)
        .replaceAll('2026-05-02', dayOf(index))
        .replaceAll('Z-000412', `Z-${numberOf(index)}`),
    tail: '</dayreports>\n',
  },
  'xml-largest-reports': {
    head: XML_HEAD,
    part: (index) =>
      xmlReport(
        index,
        rowsOf(9_990, (i) => {
          return `<line><kind>tender</kind><code>KORT</code><gross>${i}.00</gross></line>\n`;
        }),
      ),
    tail: '</dayreports>\n',
  },
  'xml-unlike-texts': {
    head: XML_HEAD,
    part: (index) => {
      const line = `<line kind="tender" code="KORT" label="${filler(index, 990)}" gross="1.00"/>\n`;
      return xmlReport(index, line);
    },
    tail: '</dayreports>\n',
  },
  'xml-one-text': { head: `${XML_HEAD}<report>`, part: () => 'x'.repeat(10_000) },
  'xml-many-attributes': {
    head: XML_HEAD,
    part: (index) => {
      const many = Array.from({ length: 3_000 }, (_, i) => `a${index}b${i}="x"`).join(' ');
      return xmlReport(index, `<line kind="tender" code="KORT" gross="1.00" ${many}/>\n`);
    },
    tail: '</dayreports>\n',
  },
};

const VOUCHERS: Readonly<Record<string, Shape>> = {
  'sie-ordinary': {
    head: SIE.slice(0, SIE_FROM),
    part: (index) =>
      SIE.slice(SIE_FROM)
        .replaceAll('20260502', dayOf(index).replaceAll('-', ''))
        .replace('412', String(index + 1)),
    encoding: 'cp437',
  },
  'sie-largest-vouchers': {
    head: SIE.slice(0, SIE_FROM),
    part: (index) =>
      `#VER K ${index + 1} 20260502 "Stor"\r\n{\r\n${rowsOf(
        9_990,
        (i) => `#TRANS 1930 {} ${i % 2 === 0 ? '' : '-'}1.00 "" "Rad ${i} av ${index}"\r\n`,
      )}}\r\n`,
    encoding: 'cp437',
  },
  'sie-unlike-texts': {
    head: SIE.slice(0, SIE_FROM),
    part: (index) =>
      `#VER K ${index + 1} 20260502 "${filler(index, 500)}"\r\n{\r\n` +
      `#TRANS 1930 {} 1.00 "" "${filler(index + 1, 500)}"\r\n#TRANS 3001 {} -1.00\r\n}\r\n`,
    encoding: 'cp437',
  },
  'sie-series': {
    head: SIE.slice(0, SIE_FROM),
    part: (index) =>
      `#VER S${index} 1 20260502 "${filler(index, 990)}"\r\n{\r\n` +
      `#TRANS 1930 {} 1.00\r\n#TRANS 3001 {} -1.00\r\n}\r\n`,
    encoding: 'cp437',
  },
};

/** Ordinary files, and those that ask as much of memory as a file can. */
export const SHAPES: Readonly<Record<string, Shape>> = { ...CSV, ...MARKUP, ...VOUCHERS };

/** The bytes of a shape, of about so many. */
export function* bytesOf(shape: Shape, bytesWanted: number): Generator<Uint8Array> {
  const encoding = shape.encoding ?? 'utf8';
  let size = 0;
  const encode = (text: string): Uint8Array => {
    const bytes = iconv.encode(text, encoding);
    size += bytes.byteLength;
    return bytes;
  };
  yield encode(shape.head);
  for (let index = 0; size < bytesWanted; index += 1) yield encode(shape.part(index));
  if (shape.tail !== undefined) yield encode(shape.tail);
}
