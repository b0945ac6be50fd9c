import type { Decision } from '../../domain/refusal.ts';
import { percentText } from '../../domain/vat/rates.ts';
import type { Hub } from '../../hub/hub.ts';
import { rememberCoding, rememberReverseRate, type Learnt } from '../../hub/remember-coding.ts';
import { isUncoded, suggestCodingFor } from '../../hub/suggest-coding.ts';
import { listDeliveries, resolveDeliveries } from '../../store/deliveries.ts';
import type { Company } from '../../store/registry.ts';
import { describeSuggestion } from '../../text/suggestions.ts';
import type { CliContext } from '../context.ts';
import { nameDocument } from '../show/documents.ts';

type Asked = { readonly company: Company; readonly ids: readonly string[] };

/** What a person says of invoices that nobody has coded, or that the buyer accounts for. */
type Coding = Extract<Decision, { readonly kind: 'code-as' | 'reverse-rate' }>;

/**
 * Books held invoices as a person says and, when asked to, the supplier's of the kind from then on:
 * also those that wait already.
 *
 * @returns the ids that go on
 */
export async function codeAs(
  context: CliContext,
  hub: Hub,
  asked: Asked & { readonly decision: Coding; readonly isRemembered: boolean },
): Promise<readonly string[]> {
  const { company, ids, decision, isRemembered } = asked;
  const learnt = isRemembered ? await remember(context, hub, asked) : null;
  const act = { companyId: company.id, by: context.user };
  const { db } = hub.database;
  const moved = await resolveDeliveries(db, hub.jobs, {
    ...{ ...act, ids, resolution: { kind: 'again', decision } },
  });
  if (learnt === null) return moved;
  const again = { kind: 'again', decision: null } as const;
  const alike = await resolveDeliveries(db, hub.jobs, {
    ...{ ...act, ids: learnt.alike, resolution: again },
  });
  if (alike.length > 0) context.out(`${alike.length} more like it are planned again.\n`);
  return [...moved, ...alike];
}

async function remember(
  context: CliContext,
  hub: Hub,
  { company, ids, decision }: Asked & { readonly decision: Coding },
): Promise<Learnt> {
  const of = { companyId: company.id, ids };
  if (decision.kind === 'reverse-rate') {
    const learnt = await rememberReverseRate(hub, { ...of, rate: decision.rate });
    const percent = percentText(decision.rate);
    for (const code of learnt.codes) {
      context.out(`${code} is taken at ${percent} % from now on.\n`);
      context.out(`Taken back by: bokbro flow set --vat-rate '${code}='\n`);
    }
    return learnt;
  }
  const learnt = await rememberCoding(hub, { ...of, account: decision.account });
  for (const supplier of learnt.suppliers) {
    context.out(`${supplier} is coded as ${decision.account} from now on.\n`);
  }
  for (const code of learnt.codes) {
    context.out(`Taken back by: bokbro flow coding --forget '${code}'\n`);
  }
  return learnt;
}

/**
 * Books each held invoice as earlier ones were, and remembers it. What has no suggestion stays
 * held.
 *
 * @returns the ids that go on
 */
export async function codeAsSuggested(
  context: CliContext,
  hub: Hub,
  { company, ids }: Asked,
): Promise<readonly string[]> {
  const query = { companyId: company.id, ids };
  const uncoded = (await listDeliveries(hub.database.db, query)).filter(isUncoded);
  if (uncoded.length === 0) context.err('None of them waits for an account.\n');
  const moved = new Set<string>();
  for (const delivery of uncoded) {
    if (moved.has(delivery.id)) continue; // One before it was of the same kind.
    const suggestion = await suggestCodingFor(hub, company, delivery);
    const name = `${delivery.id}  ${nameDocument(delivery.document)}`;
    if (suggestion === null) {
      context.err(`${name}: no earlier invoice says where it belongs (--code-as ACCOUNT).\n`);
      continue;
    }
    context.out(`${name}\n    ${describeSuggestion(suggestion, context.language)}\n`);
    const decision = { kind: 'code-as', account: suggestion.account } as const;
    const asked = { company, ids: [delivery.id], decision, isRemembered: true };
    for (const id of await codeAs(context, hub, asked)) moved.add(id);
  }
  return [...moved];
}
