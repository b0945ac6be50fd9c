import type { LocalDate } from '../domain/date.ts';
import type { Language } from '../domain/posting/words.ts';
import { examineLedger, type Rehearsal } from '../hub/examine-ledger.ts';
import type { Hub } from '../hub/hub.ts';
import type { HealthItem, LedgerFinding } from '../ports/health.ts';
import type { Company, Connection, Flow } from '../store/registry.ts';
import { describeLedgerFinding } from '../text/ledger-health.ts';
import { describeRefusal } from '../text/refusals.ts';
import type { Surface } from '../text/surface.ts';

/** So many orders are named of each reason. */
const NAMED_MAX = 5;

/** A ledger as its connector sees it, and what the flows into it would come to, in words. */
export async function ledgerItems(
  hub: Hub,
  connection: Pick<Connection, 'id' | 'connector'>,
  of: {
    readonly company: Company;
    /** Flows into it. */
    readonly into: readonly Flow[];
    readonly today: LocalDate;
    readonly language: Language;
    /** Absent: a terminal. */
    readonly surface?: Surface;
  },
): Promise<readonly HealthItem[]> {
  const { findings, rehearsals } = await examineLedger(hub, connection, of);
  const rehearsed = rehearsals.flatMap((one) => rehearsalFindings(one, of));
  return [...findings, ...rehearsed].map((finding) => {
    const { code: item, state } = finding;
    return { item, state, says: describeLedgerFinding(finding, of.language, of.surface) };
  });
}

function rehearsalFindings(
  { shop, orders, held }: Rehearsal,
  { language, surface }: { readonly language: Language; readonly surface?: Surface },
): readonly LedgerFinding[] {
  const count = String(orders);
  if (held.length === 0) return [{ code: 'rehearsed', state: 'ok', facts: { shop, count } }];
  return held.map(({ refusal, orders: some }) => {
    const facts = {
      ...{ shop, count, some: String(some.length) },
      orders: some.slice(0, NAMED_MAX).join(', '),
      why: describeRefusal(refusal, language, surface),
    };
    return { code: 'rehearsal-held', state: 'warning', facts };
  });
}
