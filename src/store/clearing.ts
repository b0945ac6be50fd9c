import type pg from 'pg';
import type { LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import { money, parseCurrency } from '../domain/money.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type {
  BookedClaim,
  BookedSettlement,
  ClearingBooks,
} from '../domain/document/clearing-books.ts';

/** The clearing row of what became of a document; the last of several is what stands. */
const CLAIMS = /* sql */ `
  select d.key, p.kind, p.method, p.number, p.transaction, p.day::text, p.minor, p.currency,
         stands.account, stands.booked
    from payment p
    join document d on d.id = p.document_id
    join delivery l on l.document_id = d.id and l.state = 'done' and l.lane_id = $2
   cross join lateral (
           select row ->> 'account' as account, v.voucher ->> 'date' as booked
             from jsonb_array_elements(l.vouchers) with ordinality as v(voucher, place)
            cross join jsonb_array_elements(v.voucher -> 'rows') row
            where split_part(row ->> 'role', '/', 1) = 'payment'
            order by v.place desc limit 1) stands
   where p.company_id = $1 and p.side = 'claim' and stands.booked <= $3
     and not exists (select from document n join delivery nl on nl.document_id = n.id
                      where n.connection_id = d.connection_id and n.key = d.key
                        and n.version > d.version and nl.lane_id = $2 and nl.state = 'done')
   order by p.day, d.id
`;

/** Every version that is booked: a correction takes back what the one before has moved. */
const BOOKED = /* sql */ `
  select d.kind, d.key, l.label, l.vouchers,
         case when d.kind = 'payout' then d.body end as body
    from delivery l join document d on d.id = l.document_id
   where d.company_id = $1 and l.lane_id = $2 and l.state = 'done' and l.label is not null
   order by d.version
`;

type ClaimRow = {
  readonly key: string;
  readonly kind: 'sale' | 'refund';
  readonly method: string;
  readonly number: string | null;
  readonly transaction: string | null;
  readonly day: string;
  readonly minor: string;
  readonly currency: string;
  readonly account: string;
  readonly booked: string;
};

type BookedRow = {
  readonly kind: Document['kind'];
  readonly key: string;
  readonly label: string;
  readonly vouchers: readonly Voucher[];
  readonly body: Document | null;
};

/** What shops and providers of a company have brought into one ledger, up to a day. */
export async function clearingBooks(
  pool: pg.Pool,
  of: { readonly companyId: string; readonly laneId: string; readonly to: LocalDate },
): Promise<ClearingBooks> {
  const { companyId, laneId, to } = of;
  const claims = await pool.query<ClaimRow>(CLAIMS, [companyId, laneId, to]);
  const booked = await pool.query<BookedRow>(BOOKED, [companyId, laneId]);
  return {
    claims: claims.rows.flatMap((row) => claimOf(row) ?? []),
    settlements: settlementsOf(booked.rows),
    kinds: kindsOf(booked.rows),
  };
}

function claimOf(row: ClaimRow): BookedClaim | null {
  const currency = parseCurrency(row.currency);
  if (currency === null) return null;
  const { key: document, kind, method, transaction, account } = row;
  return {
    ...{ document, kind, method, transaction, account, number: row.number ?? '' },
    date: row.day as LocalDate,
    on: row.booked as LocalDate,
    amount: money(BigInt(row.minor), currency),
    settled: money(0n, currency),
  };
}

/** The latest version says what was settled; its clearing is what all versions have moved. */
function settlementsOf(rows: readonly BookedRow[]): readonly BookedSettlement[] {
  const payouts = Map.groupBy(
    rows.filter(({ kind }) => kind === 'payout'),
    ({ key }) => key,
  );
  return [...payouts.values()].flatMap((versions): readonly BookedSettlement[] => {
    const latest = versions.at(-1);
    const on = latest?.vouchers.at(-1)?.date;
    if (latest?.body?.kind !== 'payout' || on === undefined) return [];
    const moved = versions.flatMap(({ vouchers }) => vouchers.flatMap((voucher) => voucher.rows));
    const clearing: Record<string, bigint> = {};
    for (const { role, account, amount } of moved) {
      if (role.split('/')[0] !== 'payment') continue;
      clearing[account] = (clearing[account] ?? 0n) + amount.minor;
    }
    return [{ payout: latest.body, on, clearing }];
  });
}

function kindsOf(rows: readonly BookedRow[]): ClearingBooks['kinds'] {
  return new Map(
    rows.flatMap(({ kind, label }) => {
      const shown = kind === 'order' || kind === 'refund' || kind === 'payout' ? kind : 'other';
      return label.split(', ').map((one) => [one, shown] as const);
    }),
  );
}
