import { parseLocalDate } from '../../../../domain/date.ts';
import type { Call } from '../api/call.ts';
import { enterVoucher } from '../books/enter.ts';
import { imbalanceOf, movement, type Voucher, type VoucherRow } from '../books/voucher.ts';
import { TAX_REDUCTION_CLAIM } from '../tenant/predefined.ts';
import { predefinedAccount, type Tenant } from '../tenant/tenant.ts';
import { oreOf } from '../wire/amounts.ts';
import { sekOf } from '../wire/rates.ts';
import { numberOf, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { totalsOfDocument } from './document.ts';
import { INVOICE } from './kinds.ts';
import type { Totals } from './totals.ts';

/**
 * The voucher of an invoice: claim against sales, VAT, freight, fee and rounding.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | Account of the tax reduction               | 1513, for the part the Tax Agency pays          |
 * | Cost centre and project of the invoice     | On the sales rows that have none of their own   |
 * | Rounding of a foreign currency into SEK    | On the predefined ROUNDOFF account              |
 * | Difference of VAT per rate and per row     | On the last sales row of the rate               |
 */
export function bookInvoice(call: Call, invoice: Fields): Voucher {
  const isCash = textOf(invoice, 'InvoiceType') === 'CASHINVOICE';
  return enterVoucher(
    call.tenant,
    {
      series: call.tenant.predefinedSeries.get(isCash ? 'CASHINVOICE' : 'INVOICE') ?? 'B',
      date: parseLocalDate(textOf(invoice, 'InvoiceDate')) ?? call.today,
      text: `Kundfaktura ${textOf(invoice, 'DocumentNumber')}`,
      comments: '',
      costCenter: '',
      project: '',
      rows: [...claimRows(call, invoice), ...incomeRows(call, invoice)],
      referenceType: isCash ? 'CASHINVOICE' : 'INVOICE',
      referenceNumber: textOf(invoice, 'DocumentNumber'),
    },
    { year: null, isByHand: false, atMs: call.nowMs, today: call.today },
  );
}

/** The claim on the customer in SEK, and on the Tax Agency when there is a tax reduction. */
function claimRows({ tenant }: Call, invoice: Fields): VoucherRow[] {
  const totalOre = sekOf(invoice, oreOf(numberOf(invoice, 'Total')));
  const reductionOre = sekOf(invoice, oreOf(numberOf(invoice, 'TaxReduction')));
  const rows = [movement(claimAccount(tenant, invoice), totalOre - reductionOre)];
  return reductionOre === 0 ? rows : [...rows, movement(TAX_REDUCTION_CLAIM, reductionOre)];
}

/** A cash invoice is paid when it is booked: its claim is money at once. */
function claimAccount(tenant: Tenant, invoice: Fields): number {
  if (textOf(invoice, 'InvoiceType') !== 'CASHINVOICE') {
    return predefinedAccount(tenant, 'CUSTCLAIM');
  }
  const way = textOf(invoice, 'PaymentWay');
  if (way === '') refuse('way-of-payment-missing');
  return predefinedAccount(tenant, way === 'CARD' ? 'CASHBYCARD' : way);
}

/** Everything but the claim, in SEK and on the credit side: minus the claim in sum. */
export function incomeRows(call: Call, invoice: Fields): VoucherRow[] {
  const { tenant } = call;
  const document = { head: invoice, rows: rowsOf(invoice, INVOICE.rows) };
  const totals = totalsOfDocument(INVOICE, call, document);
  const rows = [
    ...salesRows(invoice, totals),
    ...vatRows(tenant, invoice, totals),
    ...feeRows(tenant, invoice, totals),
  ].filter((row) => row.debitOre !== 0 || row.creditOre !== 0);
  const claimOre = sekOf(invoice, oreOf(numberOf(invoice, 'Total')));
  const restOre = claimOre + imbalanceOf(rows);
  return restOre === 0
    ? rows
    : [...rows, movement(predefinedAccount(tenant, 'ROUNDOFF'), -restOre)];
}

function salesRows(invoice: Fields, totals: Totals): VoucherRow[] {
  const rows: VoucherRow[] = [];
  for (const [rate, total] of totals.rates) {
    const ofRate = rowsOf(invoice, INVOICE.rows).filter((row) => numberOf(row, 'VAT') === rate);
    let leftOre = total.netOre;
    for (const [index, row] of ofRate.entries()) {
      const isLast = index === ofRate.length - 1;
      const netOre = isLast ? leftOre : oreOf(numberOf(row, 'TotalExcludingVAT'));
      leftOre -= netOre;
      if (netOre === 0) continue;
      const account = numberOf(row, 'AccountNumber');
      rows.push(movement(account, -sekOf(invoice, netOre), dimensionsOf(invoice, row)));
    }
  }
  return rows;
}

function dimensionsOf(invoice: Fields, row: Fields): Pick<VoucherRow, 'costCenter' | 'project'> {
  return {
    costCenter: textOf(row, 'CostCenter') || textOf(invoice, 'CostCenter'),
    project: textOf(row, 'Project') || textOf(invoice, 'Project'),
  };
}

const VAT_ACCOUNTS: Readonly<Record<number, string>> = {
  25: 'OUTVAT_MP1',
  12: 'OUTVAT_MP2',
  6: 'OUTVAT_MP3',
};

function vatRows(tenant: Tenant, invoice: Fields, totals: Totals): VoucherRow[] {
  const rows = [...totals.rates].map(([rate, { vatOre }]) =>
    vatOre === 0 ? [] : [movement(vatAccount(tenant, rate), -sekOf(invoice, vatOre))],
  );
  const feeVatOre = totals.freightVatOre + totals.feeVatOre;
  const ofFees =
    feeVatOre === 0 ? [] : [movement(vatAccount(tenant, 25), -sekOf(invoice, feeVatOre))];
  return [...rows.flat(), ...ofFees];
}

function vatAccount(tenant: Tenant, rate: number): number {
  return predefinedAccount(tenant, VAT_ACCOUNTS[rate] ?? 'OUTVAT_MP4');
}

function feeRows(tenant: Tenant, invoice: Fields, totals: Totals): VoucherRow[] {
  const fee = (name: 'FREIGHT' | 'ADMFEE', ore: number): VoucherRow[] => {
    if (ore === 0) return [];
    const words = name === 'FREIGHT' ? 'frakt' : 'fakturaavgift';
    const account = tenant.predefinedAccounts.get(name) ?? refuse('fee-account-missing', words);
    return [movement(account, -sekOf(invoice, ore))];
  };
  const roundOff =
    totals.roundOffOre === 0
      ? []
      : [movement(predefinedAccount(tenant, 'ROUNDOFF'), -sekOf(invoice, totals.roundOffOre))];
  return [...fee('FREIGHT', totals.freightOre), ...fee('ADMFEE', totals.feeOre), ...roundOff];
}
