import type { SieHeader, SieRow, SieVoucher } from '../../domain/sie/model.ts';
import { formatAmount } from '../../domain/sie/values.ts';
import { plainText } from '../../lib/plain-text.ts';
import { codeText, numberOf } from './vouchers.ts';

/** The media type of a voucher written alone. */
export const SIE_MEDIA_TYPE = 'text/plain; charset=utf-8';

/**
 * One voucher as a SIE file of its own, in UTF-8 so that no letter is lost.
 *
 * Written loosely on purpose: a voucher that does not balance must be readable alone as well.
 */
export function writeVoucher(voucher: SieVoucher, header: Partial<SieHeader>): Uint8Array {
  const { series, number } = numberOf(voucher);
  const record = (label: string, ...fields: string[]): string =>
    [label, ...fields.map(quoted)].join(' ');
  const company = header.companyName ?? '';
  const organisation = header.organisation?.number ?? '';
  const currency = header.currency ?? '';
  const lines = [
    '#FLAGGA 0',
    '#FORMAT PC8',
    '#SIETYP 4',
    ...(organisation === '' ? [] : [record('#ORGNR', organisation)]),
    ...(company === '' ? [] : [record('#FNAMN', company)]),
    ...(currency === '' ? [] : [record('#VALUTA', currency)]),
    record('#VER', series, number, voucher.date?.raw ?? '', voucher.text),
    '{',
    ...voucher.rows.map((row) => `  ${writeRow(row)}`),
    '}',
    '',
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}

function writeRow({ account, objects, amountMinor, date, text }: SieRow): string {
  const pairs = objects.flatMap(({ dimension, code }) => [codeText(dimension), codeText(code)]);
  return [
    '#TRANS',
    quoted(codeText(account)),
    `{${pairs.map(quoted).join(' ')}}`,
    formatAmount(amountMinor ?? 0n),
    quoted(date?.raw ?? ''),
    quoted(text),
  ].join(' ');
}

function quoted(text: string): string {
  return `"${plainText(text).replaceAll('"', '\\"')}"`;
}
