import { taxedAs, taxWaysIn, type Doubtful } from '../domain/document/taxed-as.ts';
import type { Order, Refund } from '../domain/document/sale.ts';
import { postSale } from '../domain/posting/rules/sale.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { VoucherRow } from '../domain/posting/voucher.ts';
import { stableJson } from '../lib/json.ts';
import type { BookedBefore } from '../ports/store.ts';

/**
 * Whether a new version of an order or refund comes to what is booked of it: a shop tells an order
 * again when it is sent, or its customer moves, and the books have nothing to say about that.
 *
 * The version before may be booked as a person has decided, or by accounts that have been changed
 * since: it counts what stands, or what would have stood without either.
 */
export function isBookedAlike({
  document,
  doubts,
  booked,
  choices,
}: Doubtful & {
  readonly booked: BookedBefore | null;
  readonly choices: FlowChoices;
}): boolean {
  const before = booked?.document;
  const standing = booked?.vouchers.at(-1);
  if (document.kind !== 'order' && document.kind !== 'refund') return false;
  if (standing === undefined || before?.kind !== document.kind) return false;
  const rowsOf = (sale: Order | Refund): string => {
    const outcome = postSale(sale, choices);
    if (outcome.kind === 'refused') return figures(outcome.draft);
    return figures(outcome.vouchers.flatMap(({ rows }) => rows));
  };
  const isUnproven = doubts.some(({ code }) => code === 'vat-not-proven');
  const meant = isUnproven
    ? taxWaysIn(doubts).map((way) => taxedAs({ document, doubts }, way).document)
    : [document];
  const sales = meant.filter((one) => one.kind === 'order' || one.kind === 'refund');
  if (sales.some((sale) => rowsOf(sale) === figures(standing.rows))) return true;
  return !isUnproven && rowsOf(document) === rowsOf(before);
}

/** What is booked on which accounts, whatever it is called. */
function figures(rows: readonly VoucherRow[]): string {
  const said = rows.map(({ account, amount, costCentre, project }) => {
    return stableJson([account, amount, costCentre ?? null, project ?? null]);
  });
  return said.toSorted().join('\n');
}
