import type { Decision } from '../../domain/refusal.ts';
import { percentText } from '../../domain/vat/rates.ts';
import type { Hub } from '../../hub/hub.ts';
import type { Learnt } from '../../hub/remember-coding.ts';
import { settleHeld } from '../../hub/settle-held.ts';
import { isUncoded, suggestCodingFor } from '../../hub/suggest-coding.ts';
import { listDeliveries } from '../../store/deliveries.ts';
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
  const resolution = { kind: 'again', decision: asked.decision } as const;
  const settled = await settleHeld(hub, { ...asked, resolution, by: context.user });
  if (settled.learnt !== null) tellLearnt(context, settled.learnt, asked.decision);
  if (settled.alike.length > 0) {
    context.out(`${settled.alike.length} more like it are planned again.\n`);
  }
  tellAwaiting(context, settled.awaiting);
  return [...settled.moved, ...settled.alike];
}

/** Above the amount of their flow two people have to decide the same. */
export function tellAwaiting({ out }: CliContext, awaiting: readonly string[]): void {
  if (awaiting.length === 0) return;
  out(`${awaiting.join(', ')}: noted. Another person has to decide the same.\n`);
}

function tellLearnt({ out }: CliContext, { suppliers, codes }: Learnt, decision: Coding): void {
  if (decision.kind === 'reverse-rate') {
    const percent = percentText(decision.rate);
    for (const code of codes) {
      out(`${code} is taken at ${percent} % from now on.\n`);
      out(`Taken back by: bokbro flow set --vat-rate '${code}='\n`);
    }
    return;
  }
  for (const supplier of suppliers) {
    out(`${supplier} is coded as ${decision.account} from now on.\n`);
  }
  for (const code of codes) out(`Taken back by: bokbro flow coding --forget '${code}'\n`);
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
