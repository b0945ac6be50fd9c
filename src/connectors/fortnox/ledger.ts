import type { Period } from '../../domain/date.ts';
import type { SieVoucher } from '../../domain/sie/model.ts';
import type { LedgerVoucher } from '../../ports/target.ts';
import { readYears } from './books.ts';
import type { FortnoxClient } from './client.ts';
import { readYearBook } from './opening.ts';
import { voucherId } from './voucher.ts';

/** Reserved dimensions of SIE. */
const COST_CENTRE = '1';
const PROJECT = '6';

/**
 * Every voucher of the period, as Fortnox exports it in SIE 4: one call for each financial year,
 * whereas its list of vouchers holds no rows.
 */
export async function readLedger(
  client: FortnoxClient,
  period: Period,
): Promise<readonly LedgerVoucher[]> {
  const vouchers: LedgerVoucher[] = [];
  for (const year of await readYears(client)) {
    if (year.to < period.from || period.to < year.from) continue;
    const book = await readYearBook(client, year.id);
    const read = book.vouchers.flatMap((voucher) => ledgerVoucher(voucher, year.id, period));
    vouchers.push(...read);
  }
  return vouchers;
}

function ledgerVoucher(voucher: SieVoucher, year: string, period: Period): LedgerVoucher[] {
  const date = voucher.date?.day ?? null;
  if (date === null || date < period.from || period.to < date) return [];
  const label = `${voucher.series} ${voucher.number}`;
  const rows = voucher.rows.map((row) => {
    const costCentre = row.objects.find((object) => object.dimension === COST_CENTRE)?.code;
    const project = row.objects.find((object) => object.dimension === PROJECT)?.code;
    return {
      account: row.account,
      minor: row.amountMinor ?? 0n,
      text: row.text,
      ...(costCentre === undefined ? {} : { costCentre }),
      ...(project === undefined ? {} : { project }),
    };
  });
  const { series, number, text } = voucher;
  return [{ id: voucherId({ series, number, year }), label, date, text, rows }];
}
