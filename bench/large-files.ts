import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { encodeCp437 } from '../src/lib/cp437.ts';
import { present } from '../src/lib/assert.ts';
import { dayOfMonth, reportRows, rowsOfReport, TIDY_HEADER } from './till-files.ts';

/** A file that was made to be read. */
export type LargeFile = {
  readonly path: string;
  readonly bytes: number;
  /** Rows that count: those of reports, or of vouchers. */
  readonly rows: number;
  /** Reports or vouchers. */
  readonly items: number;
};

const REPORTS_PER_DAY = 100;

/** Day reports of many tills, in the order of their days. */
export function writeTidyCsv(path: string, bytesWanted: number): Promise<LargeFile> {
  const report = (index: number): string => {
    const till = Math.floor(index / REPORTS_PER_DAY);
    const at = { store: '1234', date: dayOfMonth(Math.floor(till / 100)) };
    const register = String(index % REPORTS_PER_DAY);
    return `${reportRows({ ...at, register, number: till + 1 }, 'whole')}\n`;
  };
  return writeLarge(path, {
    head: Buffer.from(`${TIDY_HEADER}\n`),
    item: (index) => Buffer.from(report(index)),
    rowsOfItem: rowsOfReport('whole'),
    bytesWanted,
  });
}

const SIE_HEAD = [
  '#FLAGGA 0',
  '#PROGRAM "Bench" 1',
  '#FORMAT PC8',
  '#GEN 20261101',
  '#SIETYP 4',
  '#FNAMN "Provbolaget Å"',
  '#RAR 0 20260101 20261231',
  '#KONTO 1930 "Företagskonto"',
  '#KONTO 2611 "Utgående moms 25 %"',
  '#KONTO 3001 "Försäljning"',
  '#KONTO 3740 "Öresutjämning"',
];
const SIE_ROWS = 4;

/** A year's vouchers of four rows, in code page 437. */
export function writeSie(path: string, bytesWanted: number): Promise<LargeFile> {
  const voucher = (index: number): string => {
    const date = dayOfMonth(Math.floor(index / 30_000)).replaceAll('-', '');
    return [
      `#VER K ${index + 1} ${date} "Dagsrapport, butik på Söder" ${date}`,
      '{',
      '#TRANS 1930 {} 1250.50 "" "Kort och Swish"',
      '#TRANS 2611 {} -250.00 "" "Moms"',
      '#TRANS 3001 {} -1000.00 "" "Försäljning"',
      '#TRANS 3740 {} -0.50 "" "Öresutjämning"',
      '}\r\n',
    ].join('\r\n');
  };
  return writeLarge(path, {
    head: pc8(`${SIE_HEAD.join('\r\n')}\r\n`),
    item: (index) => pc8(voucher(index)),
    rowsOfItem: SIE_ROWS,
    bytesWanted,
  });
}

function pc8(text: string): Uint8Array {
  return present(encodeCp437(text), 'a text that code page 437 can hold');
}

async function writeLarge(
  path: string,
  of: {
    readonly head: Uint8Array;
    readonly item: (index: number) => Uint8Array;
    readonly rowsOfItem: number;
    readonly bytesWanted: number;
  },
): Promise<LargeFile> {
  const file = createWriteStream(path, { highWaterMark: 1_000_000 });
  file.write(of.head);
  let bytes = of.head.byteLength;
  let items = 0;
  for (; bytes < of.bytesWanted; items += 1) {
    const item = of.item(items);
    bytes += item.byteLength;
    if (!file.write(item)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return { path, bytes, items, rows: items * of.rowsOfItem };
}
