import { parseLocalDate } from '../../../../domain/date.ts';
import type { Call } from '../api/call.ts';
import { enterVoucher } from '../books/enter.ts';
import { movement, withRoundOff, type Voucher, type VoucherRow } from '../books/voucher.ts';
import { incomeRows } from '../sales/book-invoice.ts';
import { predefinedAccount } from '../tenant/tenant.ts';
import { oreOf, shareOf } from '../wire/amounts.ts';
import { sekOf } from '../wire/rates.ts';
import { numberOf, rowsOf, textOf, type Fields } from '../wire/record.ts';
import type { PaymentKind } from './payment-kind.ts';

/**
 * The voucher of a payment: money and write-offs against the claim or the debt.
 *
 * | Uncertain                               | Chosen                                             |
 * |-----------------------------------------|----------------------------------------------------|
 * | Whether `Amount` includes the write-offs| No: both together settle the invoice               |
 * | Sign of a write-off                     | Positive settles more, on the bank's side          |
 * | Rate other than the invoice's           | Gain on CURRENCYWIN, loss on CURRENCYLOSS          |
 * | A company on the cash method            | Books income and VAT with each payment, in part    |
 */
export function bookPayment(
  kind: PaymentKind,
  call: Call,
  { payment, invoice }: { readonly payment: Fields; readonly invoice: Fields },
): Voucher {
  const { tenant } = call;
  const money = moneyRows(kind, payment);
  const settledOre = settledOreOf(payment);
  const isCash = kind.sign === 1 && textOf(invoice, 'AccountingMethod') === 'CASH';
  const rows = isCash
    ? withRoundOff(
        [...money, ...incomePart(call, invoice, settledOre)],
        predefinedAccount(tenant, 'ROUNDOFF'),
      )
    : withCurrencyDifference(call, [...money, claimRow(kind, call, { invoice, settledOre })]);
  return enterVoucher(
    tenant,
    {
      series: tenant.predefinedSeries.get(kind.series) ?? 'C',
      date: parseLocalDate(textOf(payment, 'PaymentDate')) ?? call.today,
      text: `${kind.text} ${textOf(payment, 'InvoiceNumber')}`,
      comments: '',
      costCenter: '',
      project: '',
      rows,
      referenceType: kind.referenceType,
      referenceNumber: textOf(payment, 'Number'),
    },
    { year: null, isByHand: false, atMs: call.nowMs, today: call.today },
  );
}

/** What a payment takes off the balance, in the invoice's currency. */
export function settledOreOf(payment: Fields): number {
  return rowsOf(payment, 'WriteOffs').reduce(
    (ore, writeOff) => ore + oreOf(numberOf(writeOff, 'Amount')),
    oreOf(numberOf(payment, 'AmountCurrency')),
  );
}

function moneyRows(kind: PaymentKind, payment: Fields): VoucherRow[] {
  const paidOre = oreOf(numberOf(payment, 'Amount'));
  const paid = movement(numberOf(payment, 'ModeOfPaymentAccount'), kind.sign * paidOre);
  const writeOffs = rowsOf(payment, 'WriteOffs').map((writeOff) => {
    const ore = sekOf(payment, oreOf(numberOf(writeOff, 'Amount')));
    return movement(numberOf(writeOff, 'AccountNumber'), kind.sign * ore, {
      costCenter: textOf(writeOff, 'CostCenter'),
      project: textOf(writeOff, 'Project'),
      text: textOf(writeOff, 'TransactionInformation'),
    });
  });
  return [paid, ...writeOffs].filter((row) => row.debitOre !== 0 || row.creditOre !== 0);
}

type Settling = { readonly invoice: Fields; readonly settledOre: number };

function claimRow(kind: PaymentKind, call: Call, { invoice, settledOre }: Settling): VoucherRow {
  const account = predefinedAccount(call.tenant, kind.claim);
  return movement(account, -kind.sign * sekOf(invoice, settledOre));
}

function withCurrencyDifference({ tenant }: Call, rows: readonly VoucherRow[]): VoucherRow[] {
  const gainOre = rows.reduce((ore, row) => ore + row.debitOre - row.creditOre, 0);
  const name = gainOre > 0 ? 'CURRENCYWIN' : 'CURRENCYLOSS';
  return gainOre === 0 ? [...rows] : withRoundOff(rows, predefinedAccount(tenant, name));
}

/** The part of an invoice's income and VAT that a payment is of its total. */
function incomePart(call: Call, invoice: Fields, settledOre: number): VoucherRow[] {
  const totalOre = oreOf(numberOf(invoice, 'Total'));
  if (totalOre === 0) return [];
  return incomeRows(call, invoice).map((row) => ({
    ...row,
    debitOre: shareOf(row.debitOre, settledOre, totalOre),
    creditOre: shareOf(row.creditOre, settledOre, totalOre),
  }));
}
