import { sql } from 'kysely';
import type pg from 'pg';
import { plusDays, type LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import { nameOfRow, namesOfClaim, namesOfEntry } from '../domain/document/payment-names.ts';
import {
  BY_AMOUNT_DAYS_MAX,
  claimsOf,
  isClaimed,
  isMethodOf,
  NO_PAYMENTS,
  type PaymentClaim,
  type PaymentsBeside,
} from '../domain/document/payments.ts';
import { ARRIVES_DAYS_MAX, type BookedPayout } from '../domain/document/payout-arrival.ts';
import type { Payout, PayoutProvider } from '../domain/document/payout.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { money, parseCurrency, type Money } from '../domain/money.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import { storableText } from '../lib/json.ts';
import type { Db } from './db.ts';

/** A document that was stored just now, by its place. */
type Stored = {
  readonly connectionId: string;
  readonly key: string;
  readonly version: number;
  readonly document: Document;
};

type PaymentFields = {
  readonly side: 'claim' | 'settled' | 'transfer';
  readonly kind: string;
  readonly method: string;
  readonly number: string | null;
  readonly transaction: string | null;
  readonly rowId: string | null;
  readonly names: readonly string[];
  readonly day: string;
  readonly amount: Money;
};

/** Rows written at once: a payout of a large shop has tens of thousands. */
const INSERT_ROWS_MAX = 2_000;

/** Keeps what new orders claim, and what new payouts settle and pay. */
export async function keepPayments(db: Db, stored: readonly Stored[]): Promise<void> {
  const rows = stored.flatMap((one) => paymentsOf(one.document).map((row) => ({ one, row })));
  for (let at = 0; at < rows.length; at += INSERT_ROWS_MAX) {
    await insertPayments(db, rows.slice(at, at + INSERT_ROWS_MAX));
  }
}

async function insertPayments(
  db: Db,
  rows: readonly { readonly one: Stored; readonly row: PaymentFields }[],
): Promise<void> {
  const texts = (of: (row: PaymentFields) => string | null): (string | null)[] =>
    rows.map(({ row }) => {
      const text = of(row);
      return text === null ? null : storableText(text);
    });
  const names = rows.map(({ row }) => JSON.stringify(row.names.map(storableText)));
  await sql`
    insert into payment (document_id, company_id, side, kind, method, number, transaction, row_id,
                         names, day, minor, currency)
    select d.id, d.company_id, p.side, p.kind, p.method, p.number, p.transaction, p.row_id,
           array(select jsonb_array_elements_text(p.names)), p.day, p.minor, p.currency
      from unnest(${rows.map(({ one }) => one.connectionId)}::bigint[],
                  ${rows.map(({ one }) => one.key)}::text[],
                  ${rows.map(({ one }) => one.version)}::integer[],
                  ${texts(({ side }) => side)}::text[],
                  ${texts(({ kind }) => kind)}::text[],
                  ${texts(({ method }) => method)}::text[],
                  ${texts(({ number }) => number)}::text[],
                  ${texts(({ transaction }) => transaction)}::text[],
                  ${texts(({ rowId }) => rowId)}::text[],
                  ${names}::jsonb[],
                  ${rows.map(({ row }) => row.day)}::date[],
                  ${rows.map(({ row }) => String(row.amount.minor))}::bigint[],
                  ${rows.map(({ row }) => row.amount.currency)}::text[])
           as p(connection_id, key, version, side, kind, method, number, transaction, row_id, names,
                day, minor, currency)
      join document d using (connection_id, key, version)
  `.execute(db);
}

function paymentsOf(document: Document): readonly PaymentFields[] {
  if (document.kind === 'payout') return settledOf(document);
  return claimsOf(document).map((claim) => {
    const { kind, method, number, transaction, date: day, amount } = claim;
    const names = namesOfClaim(claim);
    return { side: 'claim', kind, method, number, transaction, rowId: null, names, day, amount };
  });
}

function settledOf(payout: Payout): readonly PaymentFields[] {
  const { provider: method, batch, date, transfers } = payout;
  const none = { number: null, transaction: null };
  const settled = payout.entries.map((entry): PaymentFields => {
    const { kind, id: rowId, order: number, date: day, gross: amount } = entry;
    const own = rowId === null ? [] : [nameOfRow(method, rowId)];
    const names = [...namesOfEntry(entry), ...own];
    return { ...none, side: 'settled', kind, method, number, rowId, names, day, amount };
  });
  const paid = transfers.map(({ reference, amount }): PaymentFields => {
    const names = [batch, ...(reference === null ? [] : [reference])];
    return {
      ...none,
      side: 'transfer',
      kind: 'transfer',
      method,
      rowId: null,
      names,
      day: date,
      amount,
    };
  });
  return [...settled, ...paid];
}

/** Of each document its latest version counts, unless a person has skipped it. */
const STANDS = /* sql */ `
  not exists (select from document n
               where n.connection_id = d.connection_id and n.key = d.key and n.version > d.version)
  and (exists (select from delivery l where l.document_id = d.id and l.state <> 'skipped')
       or not exists (select from delivery l where l.document_id = d.id))
`;

type PaymentRow = {
  readonly key: string;
  readonly kind: string;
  readonly method: string;
  readonly number: string | null;
  readonly transaction: string | null;
  readonly row_id: string | null;
  readonly names: readonly string[];
  readonly day: string;
  readonly minor: string;
  readonly currency: string;
};

const COLUMNS = `d.key, p.kind, p.method, p.number, p.transaction, p.row_id, p.names,
  p.day::text, p.minor, p.currency`;

const CLAIMS = /* sql */ `
  with named as (
    select p.ctid as place from payment p
     where p.company_id = $1 and p.side = 'claim' and p.names && $2
    union
    select p.ctid
      from unnest($3::bigint[], $4::date[]) as asked(minor, day)
      join payment p on p.company_id = $1 and p.side = 'claim' and p.minor = asked.minor
                    and p.day between asked.day - $5::integer and asked.day + $5::integer
  )
  select ${COLUMNS}
    from named join payment p on p.ctid = named.place join document d on d.id = p.document_id
   where ${STANDS}
   order by p.day, d.id
`;

const SETTLED = /* sql */ `
  select ${COLUMNS}
    from payment p join document d on d.id = p.document_id
   where p.company_id = $1 and p.side = 'settled' and p.names && $2 and d.key <> $3 and ${STANDS}
   order by d.id
`;

/** Whose payments are asked for. */
type Asking = { readonly companyId: string; readonly document: Document };

/**
 * The orders and refunds that the rows of a payout may be of, in every shop of the company, with
 * what other payouts have settled of them, and rows that stand in other payouts too.
 */
export async function paymentsBeside(
  pool: pg.Pool,
  { companyId, document }: Asking,
): Promise<PaymentsBeside> {
  if (document.kind !== 'payout') return NO_PAYMENTS;
  const asking = document.entries.filter(isClaimed);
  const names = asking.flatMap(namesOfEntry).map(storableText);
  const { rows } = await pool.query<PaymentRow>(CLAIMS, [
    companyId,
    names,
    asking.map(({ gross }) => String(gross.minor)),
    asking.map(({ date }) => date),
    BY_AMOUNT_DAYS_MAX,
  ]);
  const known = rows.flatMap((row) => claimIn(row) ?? []);
  const ids = document.entries.flatMap(({ id }) => (id === null ? [] : [id]));
  const own = ids.map((id) => storableText(nameOfRow(document.provider, id)));
  const elsewhere = await pool.query<PaymentRow>(SETTLED, [
    companyId,
    [...own, ...known.flatMap(namesOfClaim)].map(storableText),
    refKey(document.ref),
  ]);
  const claims = known.map((claim) => ({ ...claim, settled: settledBy(claim, elsewhere.rows) }));
  const mine = new Set(own);
  const twice = elsewhere.rows.flatMap(({ row_id: id, names: theirs, key }) =>
    id !== null && theirs.some((name) => mine.has(name)) ? [{ id, other: key }] : [],
  );
  return { claims, twice };
}

function claimIn(row: PaymentRow): PaymentClaim | null {
  const { key: document, kind, method, transaction } = row;
  const amount = amountIn(row);
  if (amount === null || (kind !== 'sale' && kind !== 'refund')) return null;
  const settled = money(0n, amount.currency);
  const day = row.day as LocalDate;
  const number = row.number ?? '';
  return { document, kind, method, number, transaction, date: day, amount, settled };
}

/** By the transaction; by the number only where the provider is that of the order's method. */
function settledBy(claim: PaymentClaim, rows: readonly PaymentRow[]): Money {
  const { kind, transaction, number, method, amount } = claim;
  const theirs = rows.filter(
    (row) =>
      row.kind === kind &&
      row.currency === amount.currency &&
      ((transaction !== null && row.names.includes(`t:${transaction}`)) ||
        (row.names.includes(`n:${number}`) && isMethodOf(method, row.method as PayoutProvider))),
  );
  const minor = theirs.reduce((sum, row) => sum + BigInt(row.minor), 0n);
  return money(minor, amount.currency);
}

function amountIn({ minor, currency }: PaymentRow): Money | null {
  const known = parseCurrency(currency);
  return known === null ? null : money(BigInt(minor), known);
}

const TRANSFERS = /* sql */ `
  select ${COLUMNS}, l.vouchers
    from unnest($2::bigint[]) as asked(minor)
    join payment p on p.company_id = $1 and p.side = 'transfer' and p.minor = asked.minor
                  and p.day between $3::date and $4::date
    join document d on d.id = p.document_id
    join delivery l on l.document_id = d.id and l.state = 'done'
   order by p.day, d.id
`;

/** Payouts in the company's ledger that entries of a bank's statement may be, by their amounts. */
export async function bookedPayouts(
  pool: pg.Pool,
  { companyId, document }: Asking,
): Promise<readonly BookedPayout[]> {
  if (document.kind !== 'account-statement' || document.entries.length === 0) return [];
  const minors = new Set(document.entries.map(({ amount }) => String(amount.minor)));
  const { rows } = await pool.query<PaymentRow & { readonly vouchers: readonly Voucher[] }>(
    TRANSFERS,
    [
      companyId,
      [...minors],
      plusDays(document.date, -ARRIVES_DAYS_MAX),
      plusDays(document.date, 1),
    ],
  );
  return rows.flatMap((row): readonly BookedPayout[] => {
    const amount = amountIn(row);
    const booked = row.vouchers.flatMap((voucher) => voucher.rows);
    const account = booked.findLast(({ role }) => role.split('/')[0] === 'payout')?.account;
    if (amount === null || account === undefined) return [];
    const provider = row.method as PayoutProvider;
    return [{ provider, names: row.names, date: row.day as LocalDate, amount, account }];
  });
}
