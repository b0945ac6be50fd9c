import { z } from 'zod';
import { parseLocalDate, type LocalDate } from '../../domain/date.ts';
import { money, parseCurrency, type Currency, type Money } from '../../domain/money.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import type { Problem, Reading } from '../../ports/source.ts';
import { addRow, batchKey, newBatch, payoutOf, type Batch } from './batches.ts';
import { TEXT_CHARS_MAX } from './limits.ts';
import { isTax, klarnaEntry, type KlarnaTransaction } from './providers/klarna-rows.ts';
import { zettleBatch, zettleSays } from './providers/zettle.ts';
import type { PayoutSettings } from './settings.ts';
import type { RowRead } from './table/provider.ts';

const text = z.union([z.string(), z.number()]).transform((said) => String(said));
const optional = text.nullish().transform((said) => (said ?? '').slice(0, TEXT_CHARS_MAX));
/** Öre, as a whole number or the text of one. */
const minor = z
  .union([z.number().refine(Number.isSafeInteger), z.string().regex(/^-?\d{1,15}$/)])
  .transform((said) => BigInt(said));

const klarnaTransaction = z.object({
  type: z.string(),
  detailed_type: optional,
  amount: minor,
  vat_amount: minor.nullish(),
  order_id: optional,
  short_order_id: optional,
  capture_id: optional,
  refund_id: optional,
  merchant_reference1: optional,
  merchant_reference2: optional,
  capture_date: optional,
  sale_date: optional,
});

const klarnaPayout = z.object({
  payout: z.object({
    payment_reference: text,
    payout_date: z.string(),
    currency_code: z.string(),
    merchant_settlement_type: z.string().nullish(),
    totals: z.object({ settlement_amount: minor.nullish() }).nullish(),
  }),
  transactions: z.array(klarnaTransaction),
});

const zettleTransactions = z.object({
  data: z.array(
    z.object({
      timestamp: z.string(),
      amount: minor,
      originatorTransactionType: z.string(),
      originatingTransactionUuid: text,
    }),
  ),
});

/** What a file is expected to be. */
const EXPECTED = 'Klarna {payout, transactions}, [ … ]; Zettle {data: [ … ]}';

/**
 * The payouts of a JSON file: as Klarna's interface gives a payout and its transactions, one or an
 * array of them, or as Zettle's gives an account's transactions.
 */
export function* readJson(content: string, settings: PayoutSettings): Generator<Reading> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return yield rejected(problemAt('file-truncated', null, { found: 'JSON' }));
  }
  const zettle = zettleTransactions.safeParse(value);
  if (zettle.success && zettle.data.data.length > 0) {
    yield { kind: 'guess', facts: { format: 'zettle settlement' } };
    const raw = (value as { readonly data: readonly unknown[] }).data;
    return yield* zettleDays(
      zettle.data.data.map((row, i) => ({ row, raw: raw[i] })),
      settings,
    );
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const read = list.map((one) => klarnaPayout.safeParse(one));
  const bad = read.find((one) => !one.success);
  if (list.length === 0 || bad !== undefined) {
    const found = bad?.error?.issues[0]?.path.join('.') ?? '';
    return yield rejected(problemAt('format-unknown', null, { found, expected: EXPECTED }));
  }
  yield { kind: 'guess', facts: { format: 'klarna settlement' } };
  const seen = new Set<string>();
  for (const [i, one] of read.entries()) {
    if (one.data === undefined) continue;
    const batch = klarnaBatch(one.data);
    const key = batchKey(batch);
    const facts = { field: 'payment_reference', found: batch.name, expected: 'once' };
    if (seen.has(key)) batch.problems.push(problemAt('identity-differs', null, facts));
    seen.add(key);
    yield readingOf(batch, list[i]);
  }
}

function readingOf(batch: Batch, source: unknown): Reading {
  const document = batch.problems.length > 0 ? null : payoutOf(batch);
  if (document === null) {
    const empty = problemAt('file-empty', null, { expected: 'transactions' });
    const problems = batch.problems.length > 0 ? batch.problems : [empty];
    return { kind: 'unreadable', id: batchKey(batch), problems: boundProblems(problems) };
  }
  const extract = Buffer.from(JSON.stringify(source));
  return { kind: 'document', document, doubts: [], extract, mediaType: 'application/json' };
}

function klarnaBatch({ payout, transactions }: z.infer<typeof klarnaPayout>): Batch {
  const problems: Problem[] = [];
  const currency = currencyOf(payout.currency_code, problems);
  const date = dayOf(payout.payout_date, problems);
  const about = {
    ...{ account: '', batch: payout.payment_reference.slice(0, TEXT_CHARS_MAX), currency, date },
    ...({ closing: 'paid', balance: null } as const),
  };
  const batch = newBatch('klarna', { ...about, says: { kind: 'none' } });
  batch.problems.push(...problems);
  if (currency === null || date === null) return batch;
  const terms = {
    hasTaxRows: transactions.some(({ type }) => isTax(type)),
    isGross: payout.merchant_settlement_type === 'GROSS',
  };
  for (const one of transactions) {
    const entry = klarnaEntry(transactionOf(one, { currency, date }), terms);
    const says: RowRead['says'] = entry === null ? { kind: 'none' } : { kind: 'entry', entry };
    addRow(batch, { ...about, says }, []);
  }
  const paid = payout.totals?.settlement_amount;
  if (paid === undefined || paid === null) return batch;
  const transfer = { reference: batch.name, amount: money(paid, currency) };
  addRow(batch, { ...about, says: { kind: 'transfer', transfer } }, []);
  return batch;
}

function transactionOf(
  one: z.infer<typeof klarnaTransaction>,
  of: { readonly currency: Currency; readonly date: LocalDate },
): KlarnaTransaction {
  const { currency } = of;
  const said = [one.order_id, one.short_order_id, one.capture_id, one.refund_id];
  const references = [...said, one.merchant_reference2].filter((text) => text !== '');
  const date = parseLocalDate((one.capture_date || one.sale_date).slice(0, 10)) ?? of.date;
  const vat = one.vat_amount === undefined || one.vat_amount === null ? null : one.vat_amount;
  return {
    ...{ type: one.type.toUpperCase(), detailed: one.detailed_type, id: null, date },
    amount: money(one.amount, currency),
    vat: vat === null ? null : signedVat(one.amount, money(vat, currency)),
    order: one.merchant_reference1,
    references: [...new Set(references)],
  };
}

/** The VAT of a fee is told without its sign; of a fee that is given back it goes back too. */
function signedVat(amount: bigint, vat: Money): Money {
  const size = vat.minor < 0n ? -vat.minor : vat.minor;
  return money(amount > 0n ? -size : size, vat.currency);
}

type ZettleRow = {
  readonly row: z.infer<typeof zettleTransactions>['data'][number];
  /** As it stands in the file. */
  readonly raw: unknown;
};

function* zettleDays(rows: readonly ZettleRow[], settings: PayoutSettings): Generator<Reading> {
  const { currency } = settings;
  const days = Map.groupBy(rows, ({ row }) => row.timestamp.slice(0, 10));
  for (const [day, rowsOfDay] of days) {
    const data = rowsOfDay.map(({ raw }) => raw);
    const problems: Problem[] = [];
    const date = dayOf(day, problems);
    const about = {
      ...{ account: '', batch: zettleBatch(day, currency), currency, date },
      ...({ closing: 'running', balance: null } as const),
    };
    const batch = newBatch('zettle', { ...about, says: { kind: 'none' } });
    batch.problems.push(...problems);
    if (date === null) {
      yield readingOf(batch, { data });
      continue;
    }
    for (const { row } of rowsOfDay) {
      const { amount, originatorTransactionType: type, originatingTransactionUuid: id } = row;
      const says = zettleSays({ type, amount: money(amount, currency), date, id });
      addRow(batch, { ...about, says }, []);
    }
    yield readingOf(batch, { data });
  }
}

function dayOf(text: string, problems: Problem[]): LocalDate | null {
  const day = parseLocalDate(text.slice(0, 10));
  if (day === null) problems.push(problemAt('not-a-date', null, { field: 'date', found: text }));
  return day;
}

function currencyOf(code: string, problems: Problem[]): Currency | null {
  const currency = parseCurrency(code.toUpperCase());
  const facts = { field: 'currency', found: code, expected: 'SEK, NOK, DKK, EUR, USD, ISK' };
  if (currency === null) problems.push(problemAt('unknown-value', null, facts));
  return currency;
}
