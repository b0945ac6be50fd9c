import type { LocalDate } from '../../../domain/date.ts';
import { money, negate, parseMoney, type Money } from '../../../domain/money.ts';
import type { Voucher } from '../../../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { labelOf, PROOF_FIELDS, sumsBooked, sumsOfVoucher, unlikeSums } from '../read-back.ts';
import type { Session } from '../session.ts';
import { dataOf } from './invoice-search.ts';

/** A row of the planned voucher, by text and figures alone. */
type PlannedRow = {
  readonly account: string;
  readonly minor: string;
  readonly costCentre?: string;
  readonly project?: string;
};

/**
 * The voucher of an invoice, read back: Tripletex makes it, with rows that we did not send. What
 * the invoice goes by is its name, and its sums must be those of the plan.
 */
type ProofInput = {
  readonly sale: 'proof';
  /** The write that made the invoice. */
  readonly of: string;
  readonly planned: PlannedVoucher;
  /** Where Tripletex puts what it rounds an invoice by. Absent: it may round nothing. */
  readonly rounding?: string;
};

/** A voucher that Tripletex is to make by itself, as a stored write holds it. */
export type PlannedVoucher = {
  readonly date: LocalDate;
  readonly rows: readonly PlannedRow[];
  /** Accounts whose department and project are Tripletex's own choice: claims on customers. */
  readonly claims: readonly string[];
};

export function plannedVoucher({ date, rows }: Voucher): PlannedVoucher {
  const claims = rows.filter(({ role }) => /^customers(\/|$)/.test(role));
  return {
    date,
    claims: [...new Set(claims.map(({ account }) => account))],
    rows: rows.map(({ account, amount, costCentre, project }) => ({
      account,
      minor: String(amount.minor),
      ...(costCentre === undefined ? {} : { costCentre }),
      ...(project === undefined ? {} : { project }),
    })),
  };
}

/** The call that reads the voucher of an invoice. */
export function proofWrite(
  id: string,
  of: { readonly of: string; readonly voucher: Voucher; readonly rounding?: string },
): Write {
  const { voucher, rounding } = of;
  const input: ProofInput = {
    ...{ sale: 'proof', of: of.of, planned: plannedVoucher(voucher) },
    ...(rounding === undefined ? {} : { rounding }),
  };
  return { id, call: `GET /ledger/voucher/{${of.of}}`, input: input satisfies Json };
}

export const PROOF: Handler = { make: makeProof, find: findProof };

async function makeProof(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  return { kind: 'done', ...(await readProof(session, write, context)) };
}

async function findProof(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  return [await readProof(session, write, context)];
}

async function readProof(
  { client }: Session,
  write: Write,
  { earlier }: WriteContext,
): Promise<Found> {
  const { of, planned, rounding } = write.input as ProofInput; // Made by `proofWrite`.
  const made = present(earlier.get(of), 'the invoice');
  const { voucher: id, roundOff: text } = dataOf(made);
  const roundOff = parseMoney(text, 'NOK') ?? money(0n, 'NOK');
  const isRounded = roundOff.minor !== 0n && rounding !== undefined;
  const expected = isRounded ? rounded(planned, { rounding, roundOff }) : planned;
  const voucher = await readVoucher(client, id);
  const notices: Notice[] = isRounded
    ? [{ code: 'rounded-by-ledger', invoice: made.id, amount: roundOff }]
    : [];
  const remote: Remote = { id, label: labelOf(voucher) };
  return { remote, differences: unlikePlanned(expected, voucher), notices };
}

/** A voucher that is known to be there. @throws ConnectorError when it is not shown yet */
export async function readVoucher(client: Session['client'], id: string): Promise<WireObject> {
  const voucher = await client.get(`/ledger/voucher/${id}?fields=${PROOF_FIELDS}`);
  if (voucher !== null) return voucher;
  throw new ConnectorError(`Tripletex does not show the voucher ${id} yet.`, {
    kind: 'unreachable',
  });
}

/** How a voucher that Tripletex has made differs from the one that was planned. */
export function unlikePlanned(planned: PlannedVoucher, voucher: WireObject): readonly Refusal[] {
  const { date, claims: plain } = planned;
  const sent = [date, ...sumsPlanned(planned)];
  const booked = [textOf(voucher, 'date'), ...sumsBooked(voucher, { date, plain })];
  return unlikeSums({ what: `voucher ${date}`, id: labelOf(voucher) }, sent, booked);
}

/** What the planned voucher comes to on each account. */
export function sumsPlanned({ date, rows, claims }: PlannedVoucher): readonly string[] {
  const whole = rows.map(({ minor, ...row }) => {
    return { ...row, amount: money(BigInt(minor), 'NOK'), text: '', why: '', role: '' };
  });
  return sumsOfVoucher({ date, rows: whole }, claims);
}

function rounded(
  planned: PlannedVoucher,
  of: { readonly rounding: string; readonly roundOff: Money },
): PlannedVoucher {
  const { rounding, roundOff } = of;
  const [claims = ''] = planned.claims;
  const rows: readonly PlannedRow[] = [
    ...planned.rows,
    { account: claims, minor: String(roundOff.minor) },
    { account: rounding, minor: String(negate(roundOff).minor) },
  ];
  return { ...planned, rows };
}
